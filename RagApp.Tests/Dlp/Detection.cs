using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Dlp;
using RagApp.Dlp.Text;

namespace RagApp.Tests.Dlp;

/// <summary>Runs the detectors as the product registers them.</summary>
internal static class Detection
{
    public static Scanner Scanner { get; } = Create();

    /// <summary>All detectors, by themselves.</summary>
    public static IReadOnlyList<IDetector> Detectors { get; } = [.. Services("US").GetServices<IDetector>()];

    /// <summary>Findings of one detector, as they stand in the original text.</summary>
    public static IReadOnlyList<string> Find(string detector, params string[] texts)
    {
        var scanned = new ScannedText(texts);
        return
        [
            .. Scanner.Scan(scanned, [detector]).Select(finding => string.Join(
                '⏎', scanned.Locate(finding.Span).Select(found => texts[found.Text][found.Part.Start..found.Part.End]))),
        ];
    }

    public static IReadOnlyList<string> Redact(string detector, params string[] texts)
    {
        var scanned = new ScannedText(texts);
        return Redaction.Apply(texts, scanned, Scanner.Scan(scanned, [detector]));
    }

    public static Scanner Create(string phoneRegion = "US") => Services(phoneRegion).GetRequiredService<Scanner>();

    private static ServiceProvider Services(string phoneRegion)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new KeyValuePair<string, string?>("Dlp:PhoneRegion", phoneRegion)]).Build());
        services.AddDetectors();
        return services.BuildServiceProvider();
    }
}
