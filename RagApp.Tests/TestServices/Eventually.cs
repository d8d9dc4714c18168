using System.Runtime.CompilerServices;

namespace RagApp.Tests.TestServices;

/// <summary>Waits until a service, a process or a server has reached a state; the exception after the time limit names the condition.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), what);

    /// <exception cref="TimeoutException">The condition was not true within two minutes.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"This did not come about within {Patience}: {what}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
