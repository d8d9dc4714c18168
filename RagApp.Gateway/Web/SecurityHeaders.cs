namespace RagApp.Gateway.Web;

/// <summary>Headers of every response, errors included; an endpoint that sets such a header itself keeps its own value.</summary>
internal static class SecurityHeaders
{
    private static readonly KeyValuePair<string, string>[] Defaults =
    [
        // Scripts and styles may come from our own files only, never inline; no text becomes HTML by a script (trusted types); no site may put the
        // page into a frame.
        new("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        // Responses are private: neither a proxy nor the browser's disk may store them.
        new("Cache-Control", "no-store"),
    ];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // The headers are set when the response starts: the exception handler clears headers that were set earlier.
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Defaults)
                context.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(context);
    });
}
