using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Text.Languages;

/// <summary>
/// Words and phrases of one language: the file <c>Languages/CODE.json</c>, which is part of the program. Stop words and
/// stemmers are not in it, since they come with the analyser of the language (<see cref="Analysis.LanguageAnalyzers"/>).
/// </summary>
/// <param name="Name">The language's own name for itself.</param>
/// <param name="Answers">The fixed sentences of an answer.</param>
/// <param name="Abbreviations">Abbreviations whose full stop does not end a sentence, in lower case and without the full stop.</param>
/// <param name="Particles">Words of one letter that are written together with the next word.</param>
/// <param name="QuestionWords">Interrogative words, such as "who".</param>
/// <param name="PersonQuestionWords">Interrogative words that ask for a person.</param>
/// <param name="NumberQuestions">Regular expressions: a question that one of them matches asks for a number.</param>
/// <param name="TimeQuestions">Regular expressions: a question that one of them matches asks for a time.</param>
/// <param name="Months">The twelve months in order, in lower case: each with its forms and abbreviations, the form in dates first.</param>
/// <param name="Anaphors">Words that refer to something named earlier, such as "it".</param>
/// <param name="BoundAnaphors">Those of <paramref name="Anaphors"/> that refer to a noun of the same question when one stands before them, such as "their".</param>
/// <param name="Expletives">Phrases with a word of <paramref name="Anaphors"/> that refers to nothing named earlier, such as "is it possible".</param>
/// <param name="FollowUps">Words at the beginning of a question that continues the previous one, such as "what about".</param>
/// <param name="Contrasts">Words that change what a question asks although few texts have them: negations, bounds, order, opposites, small numbers.</param>
/// <param name="SmallTalk">Small talk; null when the program does not recognize small talk in this language.</param>
/// <param name="Missing">The reason for each list that is empty.</param>
public sealed record Language(
    string Name,
    AnswerPhrases Answers,
    IReadOnlyList<string> Abbreviations,
    IReadOnlyList<string> Particles,
    PhraseSet QuestionWords,
    PhraseSet PersonQuestionWords,
    IReadOnlyList<string> NumberQuestions,
    IReadOnlyList<string> TimeQuestions,
    IReadOnlyList<string> Months,
    PhraseSet Anaphors,
    PhraseSet BoundAnaphors,
    PhraseSet Expletives,
    PhraseSet FollowUps,
    PhraseSet Contrasts,
    SmallTalkPhrases? SmallTalk,
    IReadOnlyDictionary<string, string> Missing)
{
    private static readonly string[] Codes = ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh", "ar", "tr", "pl", "ja", "ko"];

    /// <summary>Two letters (ISO 639-1).</summary>
    [JsonIgnore]
    public string Code { get; private init; } = "";

    /// <summary>All languages. For a phrase of several languages, such as "hallo", the earlier language is used.</summary>
    public static IReadOnlyList<Language> All { get; } = [.. Codes.Select(Read)];

    private static readonly FrozenDictionary<string, Language> ByCode = All.ToFrozenDictionary(language => language.Code, StringComparer.Ordinal);

    /// <summary>The language with this code; null when it has no file.</summary>
    public static Language? Find(string code) => ByCode.GetValueOrDefault(code);

    private static Language Read(string code)
    {
        using var file = typeof(Language).Assembly.GetManifestResourceStream($"Languages.{code}.json")
            ?? throw new InvalidOperationException($"The program has no language file '{code}'.");
        return JsonSerializer.Deserialize(file, LanguageJson.Default.Language)! with { Code = code };
    }
}

/// <summary>Small talk of users with the system, and the replies.</summary>
/// <param name="Help">Requests for help, and questions about the system itself.</param>
/// <param name="Fillers">Words that may accompany any of the other phrases and mean nothing alone, such as "please".</param>
/// <param name="Openings">Words that may begin a request, such as "can you".</param>
/// <param name="OutOfScope">
/// Regular expressions: a message that one of them covers asks for something that no document holds, such as a sum, a joke or the
/// weather. <c>&lt;number&gt;</c>, <c>&lt;words&gt;</c> and the other parts in angle brackets are the same in all languages.
/// </param>
public sealed record SmallTalkPhrases(
    PhraseSet Greetings,
    PhraseSet Goodbyes,
    PhraseSet Thanks,
    PhraseSet Help,
    PhraseSet Fillers,
    PhraseSet Openings,
    IReadOnlyList<string> OutOfScope,
    Replies Replies);

/// <summary>The fixed sentences of an answer from the documents.</summary>
/// <param name="Lead">Words before the quotes.</param>
/// <param name="NotFound">The answer when no passage answers the question.</param>
/// <param name="UnknownCode">Follows <paramref name="NotFound"/> when a code or word of the question, <c>{0}</c>, is in no document.</param>
/// <param name="SimilarCodes">In place of <paramref name="UnknownCode"/>, when there are similar codes, <c>{1}</c>.</param>
/// <param name="Withheld">In place of an answer that has data which may not be shown.</param>
public sealed record AnswerPhrases(string Lead, string NotFound, string UnknownCode, string SimilarCodes, string Withheld);

/// <summary>The replies of the system.</summary>
public sealed record Replies(string Greeting, string Thanks, string Goodbye, string Help, string OutOfScope);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Language))]
internal sealed partial class LanguageJson : JsonSerializerContext;
