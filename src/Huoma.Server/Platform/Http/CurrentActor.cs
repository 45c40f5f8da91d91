namespace Huoma.Server.Platform.Http;

/// <summary>
/// Who changes something with this request or job, by the name he is remembered under: the signed-in user, or a machine by its name.
/// Until somebody says so it is the program itself.
/// </summary>
internal sealed class CurrentActor
{
    /// <summary>Null when it is no user.</summary>
    public UserId? UserId { get; private set; }

    public string Name { get; private set; } = "系统";

    public void Is(UserId userId, string name)
    {
        UserId = userId;
        Name = name;
    }

    /// <summary>Something that acts without a user, such as 续码链接.</summary>
    public void IsMachine(string name)
    {
        UserId = null;
        Name = name;
    }
}
