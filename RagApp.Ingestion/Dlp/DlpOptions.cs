using RagApp.Contracts.Documents;
using RagApp.Dlp;

namespace RagApp.Ingestion.Dlp;

/// <summary>
/// What is done about confidential data, section <c>Dlp</c>: an action by detector, for everybody
/// (<c>Dlp:Default:PaymentCard</c>) and for single tenants (<c>Dlp:Tenants:acme:PaymentCard</c>). What is not set is
/// as in <see cref="BuiltIn"/>.
/// </summary>
public sealed class DlpOptions
{
    public const string Section = DetectorOptions.Section;

    /// <summary>
    /// Kept out of the index by default: what opens or pays for something, and what is never wanted in an answer.
    /// Bank accounts stand on every invoice, addresses and phone numbers on every page of a handbook: the first are
    /// only said to be there, the others are left alone.
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

    /// <summary>Action by detector, where no tenant's own is set.</summary>
    public Dictionary<string, string> Default { get; init; } = [];

    /// <summary>Action by detector, by tenant.</summary>
    public Dictionary<string, Dictionary<string, string>> Tenants { get; init; } = [];
}
