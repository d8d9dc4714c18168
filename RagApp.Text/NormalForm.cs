using ICU4N.Text;

namespace RagApp.Text;

/// <summary>
/// Unicode's normal forms: C, which gives all spellings of the same characters one form, D, and KC. They replace
/// <see cref="string.Normalize()"/>, which returns its input unchanged when the runtime has no culture data.
/// </summary>
public static class NormalForm
{
    public static string Of(string text) => Normalizer2.NFCInstance.Normalize(text);

    /// <summary>The text in normal form D: an accented letter is the letter, followed by its accents.</summary>
    public static string Decomposed(string text) => Normalizer2.NFDInstance.Normalize(text);

    /// <summary>The text in normal form KC: presentation forms, ligatures and full-width letters are the letters they stand for.</summary>
    public static string Compatible(string text) => Normalizer2.NFKCInstance.Normalize(text);

    public static bool IsOf(string text) => Normalizer2.NFCInstance.IsNormalized(text);
}
