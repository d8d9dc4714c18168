using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.S3;

/// <summary>Verifies Signature Version 4 as a server does: from the received request alone, without code shared with the signer.</summary>
internal static class S3Signature
{
    public static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    /// <summary>Null when the signature is valid, otherwise S3's error code.</summary>
    public static string? Problem(HttpRequest request, byte[] body, string accessKey, string secretKey, DateTimeOffset now)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
            return "AccessDenied";
        var fields = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var credential = fields["Credential"].Split('/');
        var date = request.Headers["x-amz-date"].ToString();
        if (credential[0] != accessKey)
            return "InvalidAccessKeyId";
        if ((now - DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).Duration() > AllowedSkew)
            return "RequestTimeTooSkewed";
        var stated = request.Headers["x-amz-content-sha256"].ToString();
        if (stated != "UNSIGNED-PAYLOAD" && stated != Hex(SHA256.HashData(body)))
            return "XAmzContentSHA256Mismatch";

        var canonical = Canonical(request, fields["SignedHeaders"], stated);
        var scope = string.Join('/', credential[1..]);
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in credential[1..])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == fields["Signature"] ? null : "SignatureDoesNotMatch";
    }

    private static string Canonical(HttpRequest request, string signedHeaders, string payload)
    {
        var query = request.QueryString.Value!.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal);
        var headers = signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n");
        return $"{request.Method}\n{request.Path.ToUriComponent()}\n{string.Join('&', query)}\n{string.Concat(headers)}\n{signedHeaders}\n{payload}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
