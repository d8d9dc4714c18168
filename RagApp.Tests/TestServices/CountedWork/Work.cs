namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// Counts the work of a thread: one step for each method call and each loop iteration, and one for each character that the
/// library's searches look at. Only code loaded by <see cref="CountedCode"/> is counted.
/// </summary>
public static class Work
{
    [ThreadStatic]
    private static long _steps;

    public static long Steps => _steps;

    public static void Step() => _steps++;

    public static void Look(int characters) => _steps += characters;

    public static void Refuse(string search) =>
        throw new InvalidOperationException($"{search} looks at text and is not counted: add it to {nameof(CountedSearches)}.");
}
