using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Privacy;

internal static class PrivacyExtensions
{
    /// <summary>Makes the process private at once, before it writes anything, and adds a check of existing data at the start.</summary>
    public static void AddPrivacy(this IServiceCollection services)
    {
        PrivateProcess.CloseFiles();
        var leftOpen = PrivateProcess.Hide();
        services.AddHostedService(provider => new PrivacyCheck(
            leftOpen, provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ILogger<PrivacyCheck>>()));
    }
}
