// A program that knows nothing of this package: Node and its standard library. Settings come from the environment.
const crypto = require("crypto");
const http = require("http");

const { HEYMARKET_BASE_URL, HEYMARKET_SECRET_ID, HEYMARKET_SECRET_KEY } = process.env;

function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({
    iss: HEYMARKET_SECRET_ID,
    iat: Math.floor(Date.now() / 1000),
  })}`;
  const key = `${HEYMARKET_SECRET_ID}||${HEYMARKET_SECRET_KEY}`;
  return `${signed}.${crypto.createHmac("sha256", key).update(signed).digest("base64url")}`;
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token()}`, "Content-Type": "application/json" };
    const request = http.request(HEYMARKET_BASE_URL + path, { method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () =>
        response.statusCode < 300
          ? resolve(text ? JSON.parse(text) : null)
          : reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`)),
      );
    });
    request.on("error", reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function main() {
  const [inbox] = await call("GET", "/v1/inboxes");
  const creator = inbox.members[0];
  const contact = await call("POST", "/v1/contact/get", { phone: "15555550100" });
  await call("PUT", `/v1/contact/${contact.id}`, contact);

  const message = { inbox_id: inbox.id, creator_id: creator, phone_number: contact.phone };
  await call("POST", "/v1/message/send", { ...message, text: "One", media_url: null });
  const zero = { media_url: "", local_id: "", targets: [], chat_id: 0, list_id: 0, template_id: 0, private: false };
  const sent = await call("POST", "/v1/message/send", { ...zero, ...message, text: "Two" });

  const history = await call("GET", `/v1/messages?phoneNumber=${contact.phone}`);
  const texts = history.filter((item) => item.id === sent.id).map((item) => item.text);
  if (texts.join() !== "Two") throw new Error(`the history lacks the message: ${JSON.stringify(history)}`);
  console.log("done");
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
