using System.Globalization;
using System.Net;
using System.Xml.Linq;

namespace RagApp.Storage.S3;

/// <summary>
/// From answers to exceptions.
/// <code>&lt;Error&gt;&lt;Code&gt;NoSuchBucket&lt;/Code&gt;&lt;Message&gt;The specified bucket does not exist&lt;/Message&gt;&lt;RequestId&gt;4442587FB7D0A2F9&lt;/RequestId&gt;&lt;/Error&gt;</code>
/// </summary>
internal sealed class S3Errors(S3Options options, TimeProvider time)
{
    private const int MaxBody = 64 * 1024;

    private static readonly HashSet<string> TransientCodes = new(StringComparer.Ordinal)
    {
        "SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable", "ConditionalRequestConflict", "OperationAborted",
    };

    public S3Exception Unreachable(Exception cause) => new(
        $"The S3 server {options.Endpoint} does not answer ({cause.Message}). Check that it runs, and Storage:S3:Endpoint.",
        "Unreachable", status: null, isTransient: true, cause);

    public S3Exception TimedOut() => new(
        $"The S3 server {options.Endpoint} did not answer within {options.Timeout}. Check its load, or raise Storage:S3:Timeout.",
        "Timeout", status: null, isTransient: true);

    public async Task<S3Exception> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = await TryParseAsync(response, cancellationToken);
        var code = error?.Text("Code") ?? CodeOf(response.StatusCode);
        var transient = TransientCodes.Contains(code)
            || response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            && response.StatusCode != HttpStatusCode.NotImplemented;
        var said = error?.Text("Message") is { Length: > 0 } message ? $" ({message.TrimEnd('.')})" : "";
        return new S3Exception(
            $"The S3 server {options.Endpoint} answered {(int)response.StatusCode} {code}{said}. {WayOut(code, response)}".TrimEnd(),
            code, response.StatusCode, transient);
    }

    private static async Task<XElement?> TryParseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBody, cancellationToken);
            return S3Xml.ErrorIn(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException)
        {
            return null; // too long or cut off: the status has to do
        }
    }

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "NotFound",
        HttpStatusCode.Forbidden => "AccessDenied",
        HttpStatusCode.PreconditionFailed => "PreconditionFailed",
        HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect => "PermanentRedirect",
        _ => status.ToString(),
    };

    private string WayOut(string code, HttpResponseMessage response) => code switch
    {
        "NoSuchBucket" => $"Create the bucket '{options.Bucket}', or name another one in Storage:S3:Bucket.",
        "AccessDenied" => $"Allow the access key to get, put, delete and list objects of the bucket '{options.Bucket}', and to abort multipart uploads.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" => "Check Storage:S3:AccessKey and Storage:S3:SecretKey.",
        "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" => $"The bucket is in another region than {options.Region}, or at another address: check Storage:S3:Region, Storage:S3:Endpoint and Storage:S3:PathStyle.",
        "XMinioStorageFull" or "QuotaExceeded" => "There is no room left for the bucket: give it more.",
        "RequestTimeTooSkewed" => $"The clock here and the server's differ by {Skew(response)}: set this machine's clock (NTP).",
        _ => "",
    };

    private string Skew(HttpResponseMessage response) => response.Headers.Date is { } theirs
        ? string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() - theirs).Duration().TotalMinutes:0} minutes")
        : "too much";
}
