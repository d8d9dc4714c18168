namespace RagApp.Embedding.Scheduling;

/// <summary>Work of a tenant that waits in a <see cref="Lane{T}"/>.</summary>
internal interface IWaiting<T>
{
    string Tenant { get; }

    /// <summary>The item's node in its lane; null once the item was taken or removed.</summary>
    LinkedListNode<T>? Place { get; set; }
}
