using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Dlp.Detectors;

namespace RagApp.Dlp;

public static class DlpExtensions
{
    /// <summary>Adds the scanner and all detectors.</summary>
    public static IServiceCollection AddDetectors(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DetectorOptions, DetectorOptionsValidator>().BindConfiguration(DetectorOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IDetector, PaymentCardDetector>(),
            ServiceDescriptor.Singleton<IDetector, IbanDetector>(),
            ServiceDescriptor.Singleton<IDetector, UsSsnDetector>(),
            ServiceDescriptor.Singleton<IDetector, PrivateKeyDetector>(),
            ServiceDescriptor.Singleton<IDetector, ApiTokenDetector>(),
            ServiceDescriptor.Singleton<IDetector, JwtDetector>(),
            ServiceDescriptor.Singleton<IDetector, EmailDetector>(),
            ServiceDescriptor.Singleton<IDetector, PhoneDetector>(),
        ]);
        services.TryAddSingleton<Scanner>();
        return services;
    }
}
