using Microsoft.Net.Http.Headers;

namespace RagApp.Gateway.Documents;

/// <summary>
/// Passes an original through as it arrives. It is always a download and never a page: an uploaded HTML file
/// that opened in the gateway's origin could act as whoever looks at it.
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
                httpContext.Abort(); // the head is sent: only a broken connection tells the receiver that the file is not whole
            }
        }
    }

    /// <summary>The name as the service gives it, whatever characters it has: in full as <c>filename*</c>, and as near as ASCII gets.</summary>
    private static string AsAttachment(string given)
    {
        var attachment = new ContentDispositionHeaderValue("attachment");
        if (ContentDispositionHeaderValue.TryParse(given, out var named))
            attachment.SetHttpFileName(named.FileNameStar.HasValue ? named.FileNameStar : HeaderUtilities.UnescapeAsQuotedString(named.FileName));
        return attachment.ToString();
    }
}
