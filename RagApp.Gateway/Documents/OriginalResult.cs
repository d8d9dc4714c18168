using Microsoft.Net.Http.Headers;

namespace RagApp.Gateway.Documents;

/// <summary>
/// Streams an original to the caller, always as a download. An uploaded HTML file that opened as a page of the gateway could act
/// in the name of the person who views it.
/// </summary>
internal sealed class OriginalResult(HttpResponseMessage original) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (original)
        {
            var response = httpContext.Response;
            var headers = original.Content.Headers;
            response.ContentType = headers.ContentType?.ToString() ?? "application/octet-stream";
            response.ContentLength = headers.ContentLength;
            response.Headers.ContentDisposition = AsAttachment(headers.NonValidated.TryGetValues(HeaderNames.ContentDisposition, out var given) ? given.ToString() : "");
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            try
            {
                await original.Content.CopyToAsync(response.Body, httpContext.RequestAborted);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException && response.HasStarted)
            {
                httpContext.RequestServices.GetRequiredService<ILogger<OriginalResult>>().OriginalBrokeOff(exception);
                httpContext.Abort(); // the headers are already sent: only a broken connection tells the receiver that the file is incomplete
            }
        }
    }

    /// <summary>Builds the Content-Disposition header: the full name as <c>filename*</c>, and an ASCII form of it as <c>filename</c>.</summary>
    private static string AsAttachment(string given)
    {
        var attachment = new ContentDispositionHeaderValue("attachment");
        if (ContentDispositionHeaderValue.TryParse(given, out var named))
            attachment.SetHttpFileName(named.FileNameStar.HasValue ? named.FileNameStar : HeaderUtilities.UnescapeAsQuotedString(named.FileName));
        return attachment.ToString();
    }
}
