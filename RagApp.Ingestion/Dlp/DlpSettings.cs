using System.Collections.Frozen;
using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>Names of detectors and actions in settings, such as <c>PaymentCard</c> and <c>redact</c>.</summary>
internal static class DlpSettings
{
    private static readonly FrozenDictionary<string, string> Detectors = DlpOptions.BuiltIn.Keys.ToFrozenDictionary(KeyOf, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Keys => DlpOptions.BuiltIn.Keys.Select(KeyOf);

    public static IEnumerable<string> Actions => Enum.GetNames<DlpAction>().Select(name => name.ToLowerInvariant());

    /// <summary>The detector of a settings key such as <c>PaymentCard</c>, or of its own name <c>payment-card</c>; null when there is none.</summary>
    public static string? FindDetector(string key) => Detectors.GetValueOrDefault(key.Replace("-", "", StringComparison.Ordinal));

    public static DlpAction? FindAction(string value) =>
        Actions.Contains(value, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<DlpAction>(value, ignoreCase: true) : null;

    /// <summary>The settings key of a detector: <c>PaymentCard</c> for <c>payment-card</c>.</summary>
    private static string KeyOf(string detector) =>
        string.Concat(detector.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
