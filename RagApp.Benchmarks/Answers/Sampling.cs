namespace RagApp.Benchmarks.Answers;

internal static class Sampling
{
    /// <summary>At most <paramref name="most"/> of the items, evenly spread.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(at => all[(int)((long)at * all.Count / most)])];
}
