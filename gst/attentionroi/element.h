/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

#define GST_TYPE_ATTENTION_ROI (gst_attention_roi_get_type ())
G_DECLARE_FINAL_TYPE (GstAttentionRoi, gst_attention_roi, GST, ATTENTION_ROI, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (attentionroi);

G_END_DECLS
