namespace RagApp.Benchmarks.Leaks;

/// <summary>
/// Who may meet which planted word at this moment. The rules of docs/security.md are written down here a second time, and share no code with the product.
/// </summary>
internal static class Rights
{
    public static bool MayRead(MadePerson person, MadeDocument document) =>
        !document.IsDeleted && string.Equals(person.Tenant, document.Tenant, StringComparison.Ordinal)
        && document.Access.Any(entry => entry == "public" || entry == $"user:{person.Subject}" || person.Groups.Any(group => entry == $"group:{group}"));

    /// <summary>An uploader sees the record of an own document that others read.</summary>
    public static bool MaySee(MadePerson person, MadeDocument document) => MayRead(person, document) || (!document.IsDeleted && IsUploader(person, document));

    public static bool IsUploader(MadePerson person, MadeDocument document) =>
        string.Equals(person.Tenant, document.Tenant, StringComparison.Ordinal) && string.Equals(person.Subject, document.Uploader, StringComparison.Ordinal);

    /// <param name="isOriginal">True where the reply is an original.</param>
    public static bool MayMeet(MadePerson person, PlantedWord word, bool isOriginal) => word.Part switch
    {
        PlantedPart.Record => MaySee(person, word.Document),
        PlantedPart.Title => MaySeeTitle(person, word) || MayReadVersion(person, word, isOriginal),
        PlantedPart.Text => MayReadVersion(person, word, isOriginal),
        _ => isOriginal && IsOfNewest(word) && IsUploader(person, word.Document) && MayRead(person, word.Document),
    };

    /// <summary>True when the document has something that the person may not meet.</summary>
    public static bool IsHidden(MadePerson person, MadeDocument document) =>
        !MayRead(person, document) || document.Latest.IsWithheld || document.Versions.Count > 1;

    /// <summary>The title of a version in quarantine is for its uploader only.</summary>
    private static bool MaySeeTitle(MadePerson person, PlantedWord word) =>
        IsOfNewest(word) && MaySee(person, word.Document) && (!word.Document.Latest.IsHeld || IsUploader(person, word.Document));

    private static bool MayReadVersion(MadePerson person, PlantedWord word, bool isOriginal)
    {
        if (!MayRead(person, word.Document))
            return false;
        return word.Version == word.Document.Searchable
            || (isOriginal && IsOfNewest(word) && (!word.Document.Latest.IsWithheld || IsUploader(person, word.Document)));
    }

    private static bool IsOfNewest(PlantedWord word) => word.Version == word.Document.Latest.Number;
}
