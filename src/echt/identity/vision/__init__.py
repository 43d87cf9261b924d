"""What machines can see in a picture: document, sharpness, text, faces, movements. Loaded by the vision worker alone.

No Django, no clock, no network, no database: pictures and thresholds in, findings (`identity.findings`) out.
onnxruntime reports to its makers unless it is told not to before it is loaded, so it is told here, before any module.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
