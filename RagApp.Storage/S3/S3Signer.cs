using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.S3;

/// <summary>
/// AWS Signature Version 4 in the <c>Authorization</c> header, over all our headers and the whole body
/// (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html):
/// 1. a canonical form of the request, 2. a text with its hash and the time, 3. a key derived for the day, region and
/// service, 4. the signature of the text under that key.
/// </summary>
internal sealed class S3Signer(string accessKey, string secretKey, string region, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public void Sign(HttpRequestMessage message, S3Request request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var timestamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd}/{region}/s3/aws4_request");
        var bodyHash = Hash(request.Body.Span);

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = message.RequestUri!.Authority,
            ["x-amz-content-sha256"] = bodyHash,
            ["x-amz-date"] = timestamp,
        };
        foreach (var (name, value) in request.Headers)
            headers.Add(name.ToLowerInvariant(), value);
        var names = string.Join(';', headers.Keys);

        // 1. to 4.
        var canonical = $"{message.Method}\n{message.RequestUri.AbsolutePath}\n{request.QueryString}\n{Lines(headers)}\n{names}\n{bodyHash}";
        var text = $"{Algorithm}\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Mac);
        var signature = Convert.ToHexStringLower(Mac(key, text));

        message.Headers.TryAddWithoutValidation("x-amz-content-sha256", bodyHash);
        message.Headers.TryAddWithoutValidation("x-amz-date", timestamp);
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static string Lines(SortedDictionary<string, string> headers) =>
        string.Concat(headers.Select(header => $"{header.Key}:{header.Value.Trim()}\n"));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
