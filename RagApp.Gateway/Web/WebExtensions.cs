namespace RagApp.Gateway.Web;

internal static class WebExtensions
{
    /// <summary>Largest body in bytes that an endpoint takes unless it says otherwise, as the upload does.</summary>
    private const long MaxBodySize = 256 * 1024;

    public static void UseRequestLimits(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodySize;
    });
}
