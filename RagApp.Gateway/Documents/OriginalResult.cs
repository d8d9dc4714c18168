using System.Net.Http.Headers;

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
            response.Headers.ContentDisposition = AsAttachment(headers.ContentDisposition);
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            await original.Content.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
    }

    private static string AsAttachment(ContentDispositionHeaderValue? given) =>
        given is null
            ? "attachment"
            : new ContentDispositionHeaderValue("attachment")
            {
                FileName = given.FileName,
                FileNameStar = given.FileNameStar,
            }.ToString();
}
