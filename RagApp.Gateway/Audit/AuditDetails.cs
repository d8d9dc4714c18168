using System.Globalization;
using RagApp.Contracts.Confidential;

namespace RagApp.Gateway.Audit;

/// <summary>Details of audit records in the form that all records share.</summary>
internal static class AuditDetails
{
    private const int MostDocuments = 50;

    public static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Ids of documents, each once, joined by spaces.</summary>
    public static string Documents(IEnumerable<string> ids) => string.Join(' ', ids.Distinct(StringComparer.Ordinal).Take(MostDocuments));

    /// <summary>Kinds of hidden data with their counts, such as <c>api-token:1 payment-card:2</c>.</summary>
    public static string Hidden(IEnumerable<HiddenData> hidden) =>
        string.Join(' ', hidden.Select(data => string.Create(CultureInfo.InvariantCulture, $"{data.Kind}:{data.Count}")));
}
