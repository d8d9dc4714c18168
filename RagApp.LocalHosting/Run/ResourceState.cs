namespace Aspire.Hosting.Run;

/// <summary>Where an instance is in its life; the names are the ones the dashboard knows.</summary>
internal enum ResourceState
{
    /// <summary>Its dependencies are not healthy yet.</summary>
    Waiting,

    /// <summary>Its process is being started.</summary>
    Starting,

    Running,

    /// <summary>Its process ended with an error or was killed.</summary>
    Exited,

    /// <summary>There was nothing to start.</summary>
    FailedToStart,

    /// <summary>Its process ended by itself or on request, without an error.</summary>
    Finished,
}
