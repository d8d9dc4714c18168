using RagApp.Contracts.Documents;
using RagApp.Dlp;

namespace RagApp.Ingestion.Dlp;

/// <summary>Names of detectors and actions in settings, such as <c>PaymentCard</c> and <c>redact</c>.</summary>
internal static class DlpSettings
{
    public static IEnumerable<string> Keys => DlpOptions.BuiltIn.Keys.Select(DetectorKeys.Of);

    public static IEnumerable<string> Actions => Enum.GetNames<DlpAction>().Select(name => name.ToLowerInvariant());

    /// <summary>The detector of a settings key such as <c>PaymentCard</c>, or of its own name <c>payment-card</c>; null when there is none.</summary>
    public static string? FindDetector(string key) => DetectorKeys.Find(DlpOptions.BuiltIn.Keys, key);

    public static DlpAction? FindAction(string value) =>
        Actions.Contains(value, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<DlpAction>(value, ignoreCase: true) : null;
}
