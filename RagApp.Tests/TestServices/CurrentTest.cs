namespace RagApp.Tests.TestServices;

/// <summary>The running test. Every file of the tests can use its members without naming the class.</summary>
internal static class CurrentTest
{
    /// <summary>Cancelled when the run is cancelled.</summary>
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
