using System.Collections.Frozen;
using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>How detectors and actions are written in settings: <c>PaymentCard=redact</c>.</summary>
internal static class DlpSettings
{
    private static readonly FrozenDictionary<string, string> Detectors = DlpOptions.BuiltIn.Keys.ToFrozenDictionary(KeyOf, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Keys => DlpOptions.BuiltIn.Keys.Select(KeyOf);

    public static IEnumerable<string> Actions => Enum.GetNames<DlpAction>().Select(name => name.ToLowerInvariant());

    /// <summary>Also by its name, <c>payment-card</c>; null when there is none.</summary>
    public static string? FindDetector(string key) => Detectors.GetValueOrDefault(key.Replace("-", "", StringComparison.Ordinal));

    public static DlpAction? FindAction(string value) =>
        Actions.Contains(value, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<DlpAction>(value, ignoreCase: true) : null;

    /// <summary><c>payment-card</c> is set under <c>PaymentCard</c>.</summary>
    private static string KeyOf(string detector) =>
        string.Concat(detector.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
