using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RagApp.Text.Languages;

namespace RagApp.Tests.Text;

/// <summary>The language files in RagApp.Text/Languages are complete and valid.</summary>
public sealed class LanguageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "RagApp.Text", "Languages");

    public static TheoryData<string> Codes => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Fact]
    public void All_EveryFile_IsRead() =>
        Language.All.Select(language => language.Code).ShouldBe(Codes.Select(row => row.Data), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Codes))]
    public void File_EveryKindOfList_IsThereOrSaysWhyNot(string code)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{code}.json")));
        var kinds = file.RootElement.EnumerateObject().Where(kind => kind.Name is not ("missing" or "name" or "answers")).ToList();
        var missing = file.RootElement.GetProperty("missing").EnumerateObject().ToList();

        kinds.Where(kind => IsEmpty(kind.Value)).Select(kind => kind.Name).ShouldBe(missing.Select(kind => kind.Name), ignoreOrder: true);
        missing.ShouldAllBe(kind => kind.Value.GetString()!.EndsWith('.'));
        kinds.Where(kind => !IsEmpty(kind.Value)).SelectMany(ListsIn).ShouldAllBe(list => IsListOfDifferentTexts(list));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Find_Language_HasPatternsThatCanBeRead(string code)
    {
        var language = Language.Find(code).ShouldNotBeNull();

        foreach (var pattern in language.NumberQuestions.Concat(language.TimeQuestions))
            Should.NotThrow(() => new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)));
        language.Abbreviations.ShouldAllBe(abbreviation => !abbreviation.Any(char.IsUpper) && !abbreviation.EndsWith('.'));
        language.Particles.ShouldAllBe(particle => particle.Length == 1);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Answers_Phrases_NameTheCodesThatTheyAreGiven(string code)
    {
        var phrases = Language.Find(code).ShouldNotBeNull().Answers;

        string.Format(CultureInfo.InvariantCulture, phrases.UnknownCode, "A-1").ShouldContain("A-1");
        string.Format(CultureInfo.InvariantCulture, phrases.SimilarCodes, "A-1", "A-2, A-3").ShouldSatisfyAllConditions(
            text => text.ShouldContain("A-1"), text => text.ShouldContain("A-2, A-3"));
        phrases.Lead.ShouldNotEndWith(":");
    }

    [Fact]
    public void Find_LanguageWithoutAFile_IsNull() => Language.Find("xx").ShouldBeNull();

    private static bool IsEmpty(JsonElement kind) =>
        kind.ValueKind == JsonValueKind.Null || (kind.ValueKind == JsonValueKind.Array && kind.GetArrayLength() == 0);

    /// <summary>The lists of one kind of entry: the list itself, or the lists of a group. Texts such as replies are not included.</summary>
    private static IEnumerable<JsonElement> ListsIn(JsonProperty kind) => kind.Value.ValueKind == JsonValueKind.Object
        ? kind.Value.EnumerateObject().Where(inner => inner.Name != "replies").Select(inner => inner.Value)
        : [kind.Value];

    private static bool IsListOfDifferentTexts(JsonElement list)
    {
        var texts = list.EnumerateArray().Select(text => text.GetString()!).ToList();
        return texts.Count > 0 && texts.TrueForAll(text => text.Trim() == text && text.Length > 0) && texts.Distinct(StringComparer.Ordinal).Count() == texts.Count;
    }
}
