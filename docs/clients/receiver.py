"""Receives webhooks and verifies their signatures: python3 receiver.py"""
import base64, hmac, http.server, json, os, time

key = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        id, sent, signatures = (self.headers["webhook-" + name] for name in ("id", "timestamp", "signature"))
        body = self.rfile.read(int(self.headers["Content-Length"]))
        mac = hmac.digest(key, f"{id}.{sent}.".encode() + body, "sha256")
        expected = "v1," + base64.b64encode(mac).decode()
        good = any(hmac.compare_digest(expected, one) for one in signatures.split()) and abs(time.time() - int(sent)) < 300
        self.send_response(204 if good else 400)
        self.end_headers()
        if good:
            event = json.loads(body)
            print(id, event["type"], event["data"].get("attributes", {}).get("external_id"), flush=True)

http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Receiver).serve_forever()
