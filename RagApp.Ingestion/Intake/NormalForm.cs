using ICU4N.Text;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Unicode's normal form C, which makes one text of all spellings of the same characters. Not
/// <see cref="string.Normalize()"/>: without culture data it returns its input as it is.
/// </summary>
internal static class NormalForm
{
    public static string Of(string text) => Normalizer2.NFCInstance.Normalize(text);

    public static bool IsOf(string text) => Normalizer2.NFCInstance.IsNormalized(text);
}
