# A program that knows nothing of this package: Ruby and its standard library. Settings come from the environment.
require "json"
require "net/http"
require "openssl"

def base64url(bytes)
  [bytes].pack("m0").tr("+/", "-_").delete("=")
end

def token
  id = ENV.fetch("HEYMARKET_SECRET_ID")
  header = base64url(JSON.generate(alg: "HS256", typ: "JWT"))
  signed = "#{header}.#{base64url(JSON.generate(iss: id, iat: Time.now.to_i))}"
  key = "#{id}||#{ENV.fetch('HEYMARKET_SECRET_KEY')}"
  "#{signed}.#{base64url(OpenSSL::HMAC.digest('SHA256', key, signed))}"
end

def call(method, path, body = nil)
  uri = URI(ENV.fetch("HEYMARKET_BASE_URL") + path)
  request = Net::HTTP.const_get(method.capitalize).new(uri)
  request["Authorization"] = "Bearer #{token}"
  request["Content-Type"] = "application/json"
  request.body = JSON.generate(body) unless body.nil?
  response = Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
  abort "#{method} #{path}: #{response.code} #{response.body}" unless response.is_a?(Net::HTTPSuccess)
  response.body.to_s.empty? ? nil : JSON.parse(response.body)
end

inbox = call("GET", "/v1/inboxes").first
creator = inbox["members"].first
contact = call("POST", "/v1/contact/get", { phone: "15555550100" })
call("PUT", "/v1/contact/#{contact['id']}", contact)

message = { inbox_id: inbox["id"], creator_id: creator, phone_number: contact["phone"] }
call("POST", "/v1/message/send", message.merge(text: "One", media_url: nil))
zero = { media_url: "", local_id: "", targets: [], chat_id: 0, list_id: 0, template_id: 0, private: false }
sent = call("POST", "/v1/message/send", zero.merge(message, text: "Two"))

history = call("GET", "/v1/messages?phoneNumber=#{contact['phone']}")
texts = history.select { |item| item["id"] == sent["id"] }.map { |item| item["text"] }
abort "the history lacks the message: #{history}" unless texts == ["Two"]
puts "done"
