using System.Collections.Frozen;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Lucene.Net.Util.Fst;

namespace RagApp.Text.Analysis;

/// <summary>
/// The words of one language in all their forms, which says whether an unusual word is misspelt or right: the file
/// <c>WordLists/CODE.fst</c>, which is part of the program (its NOTICE names sources and licences). The file is an automaton of
/// Lucene.Net, which takes about a tenth of the list's size and is searched as it is. Accents do not matter.
/// </summary>
public sealed class WordList
{
    /// <summary>Length of the shortest word in a list, in letters.</summary>
    public const int ShortestWord = 3;

    /// <summary>Length of the shortest compound that is recognized by its parts, in letters.</summary>
    private const int ShortestCompound = 8;

    private const FST.INPUT_TYPE Bytes = FST.INPUT_TYPE.BYTE1;
    private static readonly NoOutputs Nothing = NoOutputs.Singleton;

    private static readonly FrozenDictionary<string, Lazy<WordList>> ByLanguage =
        new[] { "en", "de", "fr", "es", "ru" }.ToFrozenDictionary(code => code, code => new Lazy<WordList>(() => Read(code)), StringComparer.Ordinal);

    private readonly FST<object> _words;
    private readonly bool _hasCompounds;

    /// <param name="hasCompounds">True when the language writes words that are put together as one.</param>
    private WordList(FST<object> words, bool hasCompounds)
    {
        _words = words;
        _hasCompounds = hasCompounds;
    }

    /// <summary>Languages that have a list.</summary>
    public static IEnumerable<string> Languages => ByLanguage.Keys;

    /// <summary>The list of a language; null when it has none.</summary>
    /// <param name="language">Two letters (ISO 639-1).</param>
    public static WordList? Find(string language) => ByLanguage.GetValueOrDefault(language)?.Value;

    /// <summary>Writes the file of a list.</summary>
    /// <param name="words">Words in any case and order; what is no word of letters, or is shorter than <see cref="ShortestWord"/>, is left out.</param>
    /// <returns>Number of words written.</returns>
    public static int Write(IEnumerable<string> words, Stream file)
    {
        var sorted = words.Where(word => word.Length >= ShortestWord && word.All(char.IsLetter))
            .Select(word => new BytesRef(Form(word))).ToHashSet().Order().ToList();
        var builder = new Builder<object>(Bytes, Nothing);
        var scratch = new Int32sRef();
        foreach (var word in sorted)
            builder.Add(Lucene.Net.Util.Fst.Util.ToInt32sRef(word, scratch), Nothing.NoOutput);
        using var output = new OutputStreamDataOutput(file);
        builder.Finish().Save(output);
        return sorted.Count;
    }

    /// <summary>True when the list has the word, or two words that it is put together from, as <c>Kündigungsfrist</c> is.</summary>
    public bool Contains(string word)
    {
        var form = Form(word);
        return Has(form) || (_hasCompounds && form.Length >= ShortestCompound
            && Enumerable.Range(ShortestWord, form.Length - (2 * ShortestWord) + 1).Any(at => Has(form[at..]) && IsFirstPart(form[..at])));
    }

    /// <summary>True for a word, and for one with the <c>s</c> that German puts between two.</summary>
    private bool IsFirstPart(string part) => Has(part) || (part.Length > ShortestWord && part[^1] is 's' && Has(part[..^1]));

    private bool Has(string form) => Lucene.Net.Util.Fst.Util.Get(_words, new BytesRef(form)) is not null;

    /// <summary>In small letters and without accents, which people leave out.</summary>
    private static string Form(string word) => TextFolding.Term(word.ToLowerInvariant()).Replace('ё', 'е');

    private static WordList Read(string code)
    {
        using var file = typeof(WordList).Assembly.GetManifestResourceStream($"WordLists.{code}.fst")
            ?? throw new InvalidOperationException($"The program has no word list '{code}'.");
        using var input = new InputStreamDataInput(file);
        return new WordList(new FST<object>(input, Nothing), hasCompounds: code is "de" or "en");
    }
}
