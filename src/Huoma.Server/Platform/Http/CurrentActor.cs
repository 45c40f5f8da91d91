namespace Huoma.Server.Platform.Http;

/// <summary>Who acts in this request when it is no signed-in user; for whoever writes down who changed what.</summary>
internal sealed class CurrentActor
{
    /// <summary>As people read it; null: the signed-in user.</summary>
    public string? Name { get; private set; }

    public void Is(string name) => Name = name;
}
