// Servers in plain Node, each with a port of its own, which it prints on the first line: `ws`, a WebSocket server with that package; `raw`,
// TCP sockets to which the same octets are written directly. POST /publish sends a frame to every socket.
import { createServer } from "node:http";
import { createServer as createRawServer } from "node:net";
import { WebSocketServer } from "ws";

const sockets = new Set();
const kinds = {
  ws: (http) => {
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    return (frame) => server.clients.forEach((client) => client.send(frame));
  },
  raw: () => {
    const server = createRawServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("data", () => {});
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    });
    server.listen(0, "127.0.0.1", 4096, () => console.log(JSON.stringify({ raw: server.address().port })));
    return (frame) => {
      const head = frame.length < 126 ? [0x81, frame.length] : [0x81, 126, frame.length >> 8, frame.length & 255];
      const bytes = Buffer.concat([Buffer.from(head), Buffer.from(frame)]);
      for (const socket of sockets) socket.write(bytes);
    };
  },
};

const http = createServer(async (request, response) => {
  let frame = "";
  for await (const chunk of request) frame += chunk;
  tell(frame);
  response.end("null");
});
http.keepAliveTimeout = 600_000;
const tell = kinds[process.argv[2]](http);
http.listen(0, "127.0.0.1", 4096, () => console.log(JSON.stringify({ http: http.address().port })));
