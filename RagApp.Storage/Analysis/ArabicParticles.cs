namespace RagApp.Storage.Analysis;

/// <summary>
/// Arabic writes the particles for <c>by</c>, <c>to</c>, <c>so</c>, <c>as</c> and <c>will</c> as one letter in front of
/// the word. The library's stemmer leaves them there, since a word may begin with the same letter: what is left without
/// it is a further term beside the word.
/// </summary>
internal static class ArabicParticles
{
    private const string Particles = "بلفكس";

    /// <summary>Letters that must be left: of shorter words the first letter is rarely a particle.</summary>
    private const int ShortestRest = 4;

    /// <summary>The stem without its particle; null when it has none.</summary>
    public static string? WithoutParticle(string stem) =>
        stem.Length > ShortestRest && Particles.Contains(stem[0], StringComparison.Ordinal) ? stem[1..] : null;
}
