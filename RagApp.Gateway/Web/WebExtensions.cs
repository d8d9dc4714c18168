namespace RagApp.Gateway.Web;

internal static class WebExtensions
{
    /// <summary>Largest request body in bytes; an endpoint can set another limit, as the upload does.</summary>
    private const long MaxBodySize = 256 * 1024;

    public static void UseRequestLimits(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodySize;
    });
}
