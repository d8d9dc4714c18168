using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Privacy;

internal static class PrivacyExtensions
{
    /// <summary>Closes the process to others at once, before anything is written, and looks at what is there already when it starts.</summary>
    public static void AddPrivacy(this IServiceCollection services)
    {
        PrivateProcess.CloseFiles();
        var leftOpen = PrivateProcess.Hide();
        services.AddHostedService(provider => new PrivacyCheck(
            leftOpen, provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ILogger<PrivacyCheck>>()));
    }
}
