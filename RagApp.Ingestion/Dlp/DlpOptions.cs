using RagApp.Contracts.Documents;
using RagApp.Dlp;

namespace RagApp.Ingestion.Dlp;

/// <summary>
/// Actions on confidential data by detector, section <c>Dlp</c>: for every tenant (<c>Dlp:Default:PaymentCard</c>) and
/// for single tenants (<c>Dlp:Tenants:acme:PaymentCard</c>). A detector that is not set has the action in <see
/// cref="BuiltIn"/>.
/// </summary>
public sealed class DlpOptions
{
    public const string Section = DetectorOptions.Section;

    /// <summary>
    /// The default actions. Secrets that give access or pay for something, and data never wanted in an answer, are kept
    /// out of the index. Bank accounts stand on every invoice and are only tagged; addresses and phone numbers stand on
    /// every page of a handbook and are allowed.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, DlpAction> BuiltIn = new Dictionary<string, DlpAction>(StringComparer.Ordinal)
    {
        ["payment-card"] = DlpAction.Redact,
        ["us-ssn"] = DlpAction.Redact,
        ["private-key"] = DlpAction.Redact,
        ["api-token"] = DlpAction.Redact,
        ["jwt"] = DlpAction.Redact,
        ["iban"] = DlpAction.Tag,
        ["email"] = DlpAction.Allow,
        ["phone"] = DlpAction.Allow,
    };

    /// <summary>Action by detector, for tenants that do not set their own.</summary>
    public Dictionary<string, string> Default { get; init; } = [];

    /// <summary>Action by detector, by tenant.</summary>
    public Dictionary<string, Dictionary<string, string>> Tenants { get; init; } = [];
}
