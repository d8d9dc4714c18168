using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;
using RagApp.Text;

namespace RagApp.Embedding.Embedded;

/// <summary>Turns text into the token ids of a WordPiece vocabulary as BERT does, with the model's start and end marks.</summary>
internal sealed class WordPieceTokenizer : ITextTokenizer
{
    private readonly BertTokenizer _pieces;
    private readonly TokenizerDescription _description;

    private WordPieceTokenizer(BertTokenizer pieces, TokenizerDescription description) => (_pieces, _description) = (pieces, description);

    /// <exception cref="InvalidDataException">The file is no WordPiece vocabulary.</exception>
    public static WordPieceTokenizer Load(ModelFolder folder)
    {
        var description = folder.Description.Tokenizer;
        var options = new BertOptions
        {
            LowerCaseBeforeTokenization = description.LowerCase,
            IndividuallyTokenizeCjk = true,
            // A text that contains the words "[SEP]" means those words.
            SplitOnSpecialTokens = false,
        };
        try
        {
            using var file = File.OpenRead(folder.TokenizerPath);
            return new WordPieceTokenizer(BertTokenizer.Create(file, options), description);
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw new InvalidDataException($"{folder.TokenizerPath} is no WordPiece vocabulary: {exception.Message}", exception);
        }
    }

    public long[] Encode(string text)
    {
        var pieces = _pieces.EncodeToIds(_description.LowerCase ? WithoutAccents(text) : text, addSpecialTokens: false);
        return [_description.PrefixId, .. pieces.Select(id => (long)id), _description.SuffixId];
    }

    /// <summary>The text without accents. The library would remove them too, but not when the runtime has no culture data.</summary>
    private static string WithoutAccents(string text) => Ascii.IsValid(text)
        ? text
        : string.Concat(NormalForm.Decomposed(text).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
