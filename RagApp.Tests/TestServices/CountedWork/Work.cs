namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// How much code a thread has run: a step for each call of a method and each turn of a loop, and one for each character
/// that the library's searches look at. Only code that <see cref="CountedCode"/> has loaded counts.
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
