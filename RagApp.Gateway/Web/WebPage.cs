using Microsoft.AspNetCore.StaticFiles;

namespace RagApp.Gateway.Web;

/// <summary>Serves the page at <c>/</c> from the files in wwwroot, to everyone.</summary>
internal static class WebPage
{
    public static void UseWebPage(this WebApplication app)
    {
        app.UseDefaultFiles();
        // As plain text a document opens in the browser, whichever browser it is.
        var types = new FileExtensionContentTypeProvider { Mappings = { [".md"] = "text/plain; charset=utf-8" } };
        // The browser asks at each load whether a file has changed, so that a new version shows at once.
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
