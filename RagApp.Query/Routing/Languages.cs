namespace RagApp.Query.Routing;

/// <summary>The languages that small talk and follow-ups are understood in; documents and questions may be in any.</summary>
internal sealed class Languages
{
    /// <summary>Where a phrase belongs to several languages, such as "hallo", the earlier one answers.</summary>
    private static readonly string[] Codes = ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh", "ar", "tr", "pl"];

    public IReadOnlyList<Language> All { get; } = [.. Codes.Select(Language.Read)];

    /// <summary>The language with this code, or English.</summary>
    public Language For(string code) =>
        All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.Ordinal)) ?? All[0];
}
