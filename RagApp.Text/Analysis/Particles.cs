using RagApp.Text.Languages;

namespace RagApp.Text.Analysis;

/// <summary>
/// Arabic writes the particles for <c>by</c>, <c>to</c>, <c>so</c>, <c>as</c> and <c>will</c> as one letter in front of
/// the word (<see cref="Language.Particles"/>). The library's stemmer keeps them, since a word may begin with the same letter.
/// So the word without the letter becomes a second term beside the word.
/// </summary>
internal static class Particles
{
    /// <summary>Least number of letters after the particle; the first letter of a shorter word is rarely a particle.</summary>
    private const int ShortestRest = 4;

    public static IReadOnlyList<string> Of(string language) => Language.Find(language)?.Particles ?? [];

    /// <summary>The stem without its first letter when that is one of <paramref name="particles"/>; else null.</summary>
    public static string? WithoutParticle(string stem, IReadOnlyList<string> particles) =>
        stem.Length > ShortestRest && particles.Any(particle => stem.StartsWith(particle, StringComparison.Ordinal)) ? stem[1..] : null;
}
