namespace RagApp.Gateway.Web;

/// <summary>Headers that every answer carries, errors included; an endpoint that sets one itself keeps its own.</summary>
internal static class SecurityHeaders
{
    private static readonly KeyValuePair<string, string>[] Defaults =
    [
        // Scripts and styles from our own files alone, nothing inline; nobody may frame the page.
        new("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        // Answers are private: neither a proxy nor the browser's disk keeps them.
        new("Cache-Control", "no-store"),
    ];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // As late as possible: the exception handler clears the headers that were set before it.
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Defaults)
                context.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(context);
    });
}
