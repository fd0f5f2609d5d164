<?php
// A program that knows nothing of this package: PHP and its standard library. Settings come from the environment.

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function token(): string
{
    $id = getenv('HEYMARKET_SECRET_ID');
    $signed = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT'])) . '.'
        . base64url(json_encode(['iss' => $id, 'iat' => time()]));
    $key = $id . '||' . getenv('HEYMARKET_SECRET_KEY');
    return $signed . '.' . base64url(hash_hmac('sha256', $signed, $key, true));
}

function call(string $method, string $path, mixed $body = null): mixed
{
    $options = [
        'method' => $method,
        'header' => "Authorization: Bearer " . token() . "\r\nContent-Type: application/json",
        'ignore_errors' => true,
    ];
    if ($body !== null) {
        $options['content'] = json_encode($body);
    }
    $text = file_get_contents(getenv('HEYMARKET_BASE_URL') . $path, false, stream_context_create(['http' => $options]));
    $status = (int) explode(' ', $http_response_header[0])[1];
    if ($status >= 300) {
        fwrite(STDERR, "$method $path: $status $text\n");
        exit(1);
    }
    return json_decode($text, true);
}

$inbox = call('GET', '/v1/inboxes')[0];
$creator = $inbox['members'][0];
$contact = call('POST', '/v1/contact/get', ['phone' => '15555550100']);
call('PUT', '/v1/contact/' . $contact['id'], $contact); // its empty objects are [] now

$message = ['inbox_id' => $inbox['id'], 'creator_id' => $creator, 'phone_number' => $contact['phone']];
call('POST', '/v1/message/send', $message + ['text' => 'One', 'media_url' => null]);
$zero = ['media_url' => '', 'local_id' => '', 'targets' => [], 'chat_id' => 0, 'list_id' => 0, 'template_id' => 0];
$sent = call('POST', '/v1/message/send', $message + ['text' => 'Two', 'private' => false] + $zero);

$history = call('GET', '/v1/messages?phoneNumber=' . $contact['phone']);
$texts = array_column($history, 'text', 'id');
if (($texts[$sent['id']] ?? '') !== 'Two') {
    fwrite(STDERR, 'the history lacks the message: ' . json_encode($history) . "\n");
    exit(1);
}
call('POST', '/v1/contacts', []); // an empty array where an object is expected
echo "done\n";
