namespace RagApp.Dlp;

/// <summary>Names of detectors in settings, such as <c>PaymentCard</c> for <c>payment-card</c>.</summary>
public static class DetectorKeys
{
    /// <summary>The settings key of a detector.</summary>
    public static string Of(string detector) => string.Concat(detector.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The detector of a settings key such as <c>PaymentCard</c>, or of its own name <c>payment-card</c>; null when there is none.</summary>
    public static string? Find(IEnumerable<string> detectors, string key) =>
        detectors.FirstOrDefault(detector => string.Equals(Of(detector), key.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
}
