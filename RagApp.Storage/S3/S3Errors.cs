using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Polly.Timeout;

namespace RagApp.Storage.S3;

/// <summary>Translates the failure of a call to an <see cref="S3Exception"/> that says what to do.</summary>
internal sealed class S3Errors(S3Options options, TimeProvider time)
{
    private static readonly HashSet<string> TransientCodes = new(StringComparer.Ordinal)
    {
        "SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable", "ConditionalRequestConflict", "OperationAborted",
    };

    /// <summary>The translated exception; null when the failure comes neither from the server nor from the network.</summary>
    public S3Exception? Find(Exception exception) => exception switch
    {
        AmazonS3Exception refused when (int)refused.StatusCode > 0 => Refused(refused),
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException => Unreachable(exception),
        TimeoutRejectedException => TimedOut(),
        _ => null,
    };

    private S3Exception Unreachable(Exception exception) => new(
        $"The S3 server {options.Endpoint} does not answer ({(exception.InnerException as HttpRequestException ?? exception).Message}). Check that it runs, and {options.NamedSection}:Endpoint.",
        "Unreachable", status: null, isTransient: true, exception);

    private S3Exception TimedOut() => new(
        $"The S3 server {options.Endpoint} did not answer within {options.Timeout}. Check its load, or raise {options.NamedSection}:Timeout.",
        "Timeout", status: null, isTransient: true);

    private S3Exception Refused(AmazonS3Exception refused)
    {
        var code = CodeOf(refused);
        var transient = TransientCodes.Contains(code)
            || refused.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            && refused.StatusCode != HttpStatusCode.NotImplemented;
        return new S3Exception(
            $"The S3 server {options.Endpoint} answered {(int)refused.StatusCode} {code} ({refused.Message.TrimEnd('.')}). {WayOut(code, refused)}".TrimEnd(),
            code, refused.StatusCode, transient);
    }

    /// <summary>S3's code of a failure. The answer to HEAD has no body and so no code: it is derived from the status.</summary>
    private static string CodeOf(AmazonS3Exception refused) => refused switch
    {
        { ErrorCode: { Length: > 0 } code } when code != refused.StatusCode.ToString() => code,
        { StatusCode: HttpStatusCode.Forbidden } => "AccessDenied",
        { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } => "PermanentRedirect",
        _ => refused.StatusCode.ToString(),
    };

    private string WayOut(string code, AmazonS3Exception refused) => code switch
    {
        "NoSuchBucket" => $"Create the bucket '{options.Bucket}', or name another one in {options.NamedSection}:Bucket.",
        "AccessDenied" => $"Allow the access key to get, put, delete and list objects of the bucket '{options.Bucket}', and to abort multipart uploads.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" => $"Check {options.NamedSection}:AccessKey and {options.NamedSection}:SecretKey.",
        "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" => $"The bucket is in another region than {options.Region}, or at another address: check {options.NamedSection}:Region, {options.NamedSection}:Endpoint and {options.NamedSection}:PathStyle.",
        "XMinioStorageFull" or "QuotaExceeded" => "There is no room left for the bucket: give it more.",
        "RequestTimeTooSkewed" => $"The clock here and the server's differ by {Skew(refused)}: set this machine's clock (NTP).",
        _ => "",
    };

    private string Skew(AmazonS3Exception refused) =>
        refused.InnerException is Amazon.Runtime.Internal.HttpErrorResponseException { Response: { } response }
        && DateTimeOffset.TryParse(response.GetHeaderValue("Date"), CultureInfo.InvariantCulture, out var theirs)
            ? string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() - theirs).Duration().TotalMinutes:0} minutes")
            : "too much";
}
