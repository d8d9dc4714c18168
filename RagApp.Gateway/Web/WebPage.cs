namespace RagApp.Gateway.Web;

/// <summary>The page at <c>/</c>: files from wwwroot, open to everyone.</summary>
internal static class WebPage
{
    public static void UseWebPage(this WebApplication app)
    {
        app.UseDefaultFiles();
        // The browser asks at each load whether a file has changed, so that a new version is seen at once.
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
