using System.Text;

namespace RagApp.Benchmarks.Texts;

/// <summary>
/// Random passages of 110 words with the word frequencies of natural text (Zipf's law: the n-th word is 1/n as frequent as
/// the first), and random vectors. The same seed gives the same passages and vectors.
/// </summary>
internal sealed class RandomText(int seed)
{
    /// <summary>A question with a frequent, a medium-frequent and a rare word.</summary>
    public static readonly string Question = $"{Word(3)} {Word(180)} {Word(9500)}";

    private const int Vocabulary = 30_000;
    private const int WordsPerPassage = 110;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Passage()
    {
        _text.Clear();
        for (var i = 0; i < WordsPerPassage; i++)
            _text.Append(Word((int)Math.Pow(Vocabulary, _random.NextDouble()))).Append(i % 11 == 10 ? ". " : " ");
        return _text.ToString();
    }

    public float[] Vector(int dimension)
    {
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
            vector[i] = _random.NextSingle() - 0.5f;
        return vector;
    }

    /// <summary>A word of letters only, so that text analysis keeps it unchanged and does not treat it as a code.</summary>
    private static string Word(int number)
    {
        Span<char> letters = stackalloc char[6];
        letters.Fill('x');
        for (var i = 1; number > 0; i++, number /= 20)
            letters[i] = "bcdfghjklmnpqrstvwza"[number % 20];
        return new string(letters);
    }
}
