# What bad input gets: an id that never changes, an honest category, what to do, and nothing written.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $server = Get-SharedServer

    $Names = @(
        @{ What = 'empty'; Name = '' }
        @{ What = 'blank'; Name = '   ' }
        @{ What = 'too long'; Name = 'n' * 129 }
        @{ What = 'with a star'; Name = 'a*' }
        @{ What = 'with a question mark'; Name = 'a?' }
        @{ What = 'with brackets'; Name = 'a[b]' }
        @{ What = 'with a backtick'; Name = 'a`b' }
        @{ What = 'with a blank at its end'; Name = 'a ' }
        @{ What = 'with a control character'; Name = "a`tb" }
    )
    $Urls = @(
        @{ What = 'empty'; Url = '' }
        @{ What = 'no address'; Url = 'somewhere over there' }
        @{ What = 'relative'; Url = '/Orchestrator2012/Orchestrator.svc' }
        @{ What = 'without a scheme'; Url = 'server/Orchestrator2012/Orchestrator.svc' }
        @{ What = 'a host and a port alone'; Url = 'server:81' }
        @{ What = 'ftp'; Url = 'ftp://server/Orchestrator.svc' }
        @{ What = 'a file'; Url = 'file:///etc/orchestrator' }
        @{ What = 'with a query'; Url = 'http://server:81/api?x=1' }
        @{ What = 'with a fragment'; Url = 'http://server:81/api#x' }
        @{ What = 'with a user'; Url = 'http://user@server:81/api' }
        @{ What = 'with a user and a password'; Url = 'http://user:wh1sper@server:81/api' }
        @{ What = 'with an impossible port'; Url = 'http://server:99999/api' }
    )
    # Every error of the way to the server: the same for New-, Set-, Test- and Sync-.
    $Faults = @(
        @{ Fault = 'forbidden'; Id = 'AccessDenied'; Category = 'PermissionDenied' }
        @{ Fault = 'html'; Id = 'ResponseIsHtml'; Category = 'InvalidData' }
        @{ Fault = 'malformed'; Id = 'ResponseMalformed'; Category = 'InvalidData' }
        @{ Fault = 'empty'; Id = 'ResponseEmpty'; Category = 'InvalidData' }
        @{ Fault = 'reset'; Id = 'ConnectionFailed'; Category = 'ConnectionError' }
        @{ Fault = 'error'; Id = 'ServerFailed'; Category = 'ConnectionError' }
        @{ Fault = 'redirect-loop'; Id = 'RedirectRefused'; Category = 'SecurityError' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer

    # An error of the module: its literal id, its category, and a message that ends with what to do.
    function Assert-Problem {
        param($Problem, [string] $Id, [string] $Category, [string] $Command)
        $Problem | Should -Not -BeNullOrEmpty
        $Problem.FullyQualifiedErrorId | Should -BeExactly "$Id,OrchestratorConnector.Commands.${Command}Command"
        "$($Problem.CategoryInfo.Category)" | Should -Be $Category
        "$Problem" | Should -BeExactly $Problem.Exception.Message
        if ($Problem.Exception.Hint) {
            "$Problem".EndsWith($Problem.Exception.Hint) | Should -BeTrue
        }
    }
}

Describe 'A connector''s name' {
    BeforeAll {
        $null = New-TestStore
    }

    It '<What> is refused' -ForEach $Names {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name $Name -ServiceUrl http://a.invalid:81 -SkipTest }
        Assert-Problem $problem 'ConnectorNameInvalid' 'InvalidArgument' 'NewOrchestratorConnector'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It '<What> is refused as a new name' -ForEach $Names {
        $null = New-OrchestratorConnector -Name Old -ServiceUrl http://a.invalid:81 -SkipTest
        $problem = Get-ErrorOf { Set-OrchestratorConnector Old -NewName $Name }
        Assert-Problem $problem 'ConnectorNameInvalid' 'InvalidArgument' 'SetOrchestratorConnector'
        (Get-OrchestratorConnector).Name | Should -Be 'Old'
        Remove-OrchestratorConnector Old -Confirm:$false
    }

    It '<What> is refused for an account too' -ForEach $Names {
        $problem = Get-ErrorOf { New-OrchestratorRunAsAccount -Name $Name -SecretName S }
        Assert-Problem $problem 'AccountNameInvalid' 'InvalidArgument' 'NewOrchestratorRunAsAccount'
        Get-OrchestratorRunAsAccount | Should -BeNullOrEmpty
    }

    It 'may have 128 characters' {
        $null = New-TestStore
        (New-OrchestratorConnector -Name ('n' * 128) -ServiceUrl http://a.invalid -SkipTest).Name.Length | Should -Be 128
    }

    It 'is unique in any case' {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name Production -ServiceUrl http://a.invalid -SkipTest
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name pRODUCTION -ServiceUrl http://b.invalid -SkipTest }
        Assert-Problem $problem 'ConnectorExists' 'ResourceExists' 'NewOrchestratorConnector'
        $problem.Exception.Message | Should -BeLike "*'Production'*"
        $problem.TargetObject | Should -Be 'Production'
        (Get-OrchestratorConnector).ServiceUrl | Should -Be 'http://a.invalid/'

        $null = New-OrchestratorConnector -Name Second -ServiceUrl http://c.invalid -SkipTest
        $problem = Get-ErrorOf { Set-OrchestratorConnector Second -NewName PRODUCTION }
        Assert-Problem $problem 'ConnectorExists' 'ResourceExists' 'SetOrchestratorConnector'
    }

    It 'may change its own case' {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name production -ServiceUrl http://a.invalid -SkipTest
        Set-OrchestratorConnector production -NewName Production
        (Get-OrchestratorConnector).Name | Should -BeExactly 'Production'
    }
}

Describe 'A name that does not exist' {
    BeforeAll {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom -Folder '\Exchange'
        $null = New-OrchestratorRunAsAccount -Name Service -SecretName S
        $null = Sync-OrchestratorConnector Production
    }

    It 'is an error of <Command>, with the near name' -ForEach @(
        @{ Command = 'Get-OrchestratorConnector'; Arguments = @{}; Type = 'GetOrchestratorConnector' }
        @{ Command = 'Set-OrchestratorConnector'; Arguments = @{ Description = 'x' }; Type = 'SetOrchestratorConnector' }
        @{ Command = 'Remove-OrchestratorConnector'; Arguments = @{ Confirm = $false }; Type = 'RemoveOrchestratorConnector' }
        @{ Command = 'Enable-OrchestratorConnector'; Arguments = @{}; Type = 'EnableOrchestratorConnector' }
        @{ Command = 'Disable-OrchestratorConnector'; Arguments = @{}; Type = 'DisableOrchestratorConnector' }
        @{ Command = 'Test-OrchestratorConnector'; Arguments = @{}; Type = 'TestOrchestratorConnector' }
        @{ Command = 'Sync-OrchestratorConnector'; Arguments = @{}; Type = 'SyncOrchestratorConnector' }
        @{ Command = 'Get-OrchestratorConnectorHistory'; Arguments = @{}; Type = 'GetOrchestratorConnectorHistory' }
        @{ Command = 'Get-OrchestratorFolder'; Arguments = @{}; Type = 'GetOrchestratorFolder' }
    ) {
        $problem = Get-ErrorOf { & $Command -Name Produktion @Arguments }
        Assert-Problem $problem 'ConnectorNotFound' 'ObjectNotFound' $Type
        $problem.TargetObject | Should -Be 'Produktion'
        $problem.Exception.Message | Should -BeLike "*'Produktion'*"
        $problem.Exception.Hint | Should -Be "Did you mean 'Production'?"
    }

    It 'is silence as a wildcard: <_>' -ForEach @(
        'Get-OrchestratorConnector x*', 'Remove-OrchestratorConnector x*', 'Enable-OrchestratorConnector x*', 'Disable-OrchestratorConnector x*'
        'Test-OrchestratorConnector x*', 'Sync-OrchestratorConnector x*', 'Get-OrchestratorConnectorHistory x*', 'Get-SMRunbook x*'
        'Get-SMRunbook -Connector x*', 'Get-SMRunbook -Folder \x*', 'Get-OrchestratorRunAsAccount x*', 'Remove-OrchestratorRunAsAccount x*'
    ) {
        $result = Invoke-InRunspace $_
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -BeNullOrEmpty
    }

    It 'is an error for an account: <Command>' -ForEach @(
        @{ Command = 'Get-OrchestratorRunAsAccount'; Arguments = @{ Name = 'Servic' }; Type = 'GetOrchestratorRunAsAccount' }
        @{ Command = 'Set-OrchestratorRunAsAccount'; Arguments = @{ Name = 'Servic'; Description = 'x' }; Type = 'SetOrchestratorRunAsAccount' }
        @{ Command = 'Remove-OrchestratorRunAsAccount'; Arguments = @{ Name = 'Servic'; Confirm = $false }; Type = 'RemoveOrchestratorRunAsAccount' }
        @{ Command = 'Set-OrchestratorConnector'; Arguments = @{ Name = 'Production'; RunAsAccount = 'Servic' }; Type = 'SetOrchestratorConnector' }
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'New'; ServiceUrl = 'http://a.invalid'; RunAsAccount = 'Servic' }; Type = 'NewOrchestratorConnector' }
    ) {
        $problem = Get-ErrorOf { & $Command @Arguments }
        Assert-Problem $problem 'AccountNotFound' 'ObjectNotFound' $Type
        $problem.Exception.Hint | Should -Be "Did you mean 'Service'?"
    }

    It 'is an error for a runbook by <What>' -ForEach @(
        @{ What = 'name'; Arguments = @{ Name = 'No such runbook' } }
        @{ What = 'path'; Arguments = @{ Path = '\Exchange\No such runbook' } }
        @{ What = 'id'; Arguments = @{ Id = '11111111-2222-3333-4444-555555555555' } }
    ) {
        $problem = Get-ErrorOf { Get-SMRunbook @Arguments }
        Assert-Problem $problem 'RunbookNotFound' 'ObjectNotFound' 'GetSMRunbook'
        $problem.Exception.Message | Should -BeLike "*$What*"
    }

    It 'does not keep the other names of the call from being found' {
        $errors = $null
        $found = Get-OrchestratorConnector -Name Nobody, Production -ErrorAction SilentlyContinue -ErrorVariable errors
        $found.Name | Should -Be 'Production'
        $errors.Count | Should -Be 1
    }
}

Describe 'A service URL' {
    BeforeAll {
        $null = New-TestStore
    }

    It '<What> is refused' -ForEach $Urls {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $Url -SkipTest }
        Assert-Problem $problem 'ServiceUrlInvalid' 'InvalidArgument' 'NewOrchestratorConnector'
        $problem.Exception.Hint | Should -BeLike '*http(s)://server:81/Orchestrator2012/Orchestrator.svc*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It '<What> is refused by Test-' -ForEach ($Urls | Where-Object { $_.Url }) {
        $problem = Get-ErrorOf { Test-OrchestratorConnector -ServiceUrl $Url }
        Assert-Problem $problem 'ServiceUrlInvalid' 'InvalidArgument' 'TestOrchestratorConnector'
    }

    It '<What> is refused by Set-' -ForEach $Urls {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid:81 -SkipTest
        $problem = Get-ErrorOf { Set-OrchestratorConnector A -ServiceUrl $Url -SkipTest }
        Assert-Problem $problem 'ServiceUrlInvalid' 'InvalidArgument' 'SetOrchestratorConnector'
        (Get-OrchestratorConnector A).ServiceUrl | Should -Be 'http://a.invalid:81/'
    }

    It 'does not betray a password that it holds, by <Command>' -ForEach @(
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'A'; ServiceUrl = 'http://user:wh1sper@server:81/api' } }
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'A'; ServiceUrl = 'ftp://user:wh1sper@server/api' } }
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'A'; ServiceUrl = 'http://user:wh1sper@server:99999/api' } }
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'A'; ServiceUrl = 'user:wh1sper@server/api' } }
        @{ Command = 'Set-OrchestratorConnector'; Arguments = @{ Name = 'Set'; ServiceUrl = 'http://user:wh1sper@server:81/api' } }
        @{ Command = 'Test-OrchestratorConnector'; Arguments = @{ ServiceUrl = 'http://user:wh1sper@server:81/api' } }
        @{ Command = 'Get-OrchestratorFolder'; Arguments = @{ ServiceUrl = 'http://user:wh1sper@server:81/api' } }
        @{ Command = 'New-OrchestratorConnector'; Arguments = @{ Name = 'A'; ServiceUrl = 'http://server:81/api'; WebConsoleUrl = 'http://user:wh1sper@server:82'; SkipTest = $true } }
    ) {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name Set -ServiceUrl http://a.invalid:81 -SkipTest
        $all = try { & $Command @Arguments -Verbose -Debug *>&1 } catch { $_ }
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 1
        foreach ($record in $all) {
            if ($record -is [System.Management.Automation.ErrorRecord]) {
                "$record $($record.Exception) $($record.TargetObject) $($record.CategoryInfo) $($record.ErrorDetails)" | Should -Not -Match 'wh1sper'
            }
            else {
                "$record" | Should -Not -Match 'wh1sper'
            }
        }
    }
}

Describe 'A server that is not there' {
    BeforeAll {
        $null = New-TestStore
        $silent = Start-SilentHost
        $port = Get-ClosedPort
    }

    AfterAll {
        $silent.Listener.Stop()
    }

    It 'because its name does not resolve is HostNotFound' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl http://no-such-host.invalid:81 }
        Assert-Problem $problem 'HostNotFound' 'ConnectionError' 'NewOrchestratorConnector'
        $problem.Exception.Message | Should -BeLike "*'no-such-host.invalid'*"
        $problem.Exception.Hint | Should -BeLike '*DNS*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'because its port is closed is ConnectionRefused' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl "http://127.0.0.1:$port" }
        Assert-Problem $problem 'ConnectionRefused' 'ConnectionError' 'NewOrchestratorConnector'
        $problem.Exception.Message | Should -BeLike "*127.0.0.1*$port*"
        $problem.Exception.Hint | Should -BeLike '*port*firewall*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'because it accepts and never answers is RequestTimedOut, after the time that was given' {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl "$($silent.Base)/api" -TimeoutSeconds 1 }
        Assert-Problem $problem 'RequestTimedOut' 'OperationTimeout' 'NewOrchestratorConnector'
        $problem.Exception.Message | Should -BeLike '*1 second*'
        $watch.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 0.9
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'is told by Test-, which writes no error: the result is the answer' {
        $result = Test-OrchestratorConnector -ServiceUrl "http://127.0.0.1:$port" -ErrorAction Stop
        $result.Success | Should -BeFalse
        $result.Message | Should -BeLike 'Nothing listens*'
        ($result.Checks | Where-Object { "$($_.Outcome)" -eq 'Failed' }).Name | Should -Be 'TCP'
        (Test-OrchestratorConnector -ServiceUrl http://no-such-host.invalid:81).Checks[0].Outcome | Should -Be 'Failed'
        Test-OrchestratorConnector -ServiceUrl "http://127.0.0.1:$port" -Quiet | Should -BeExactly $false
        Test-OrchestratorConnector -ServiceUrl $server.Base -Quiet | Should -BeExactly $true
    }

    It 'fails Sync- with the same id, says so in the history, and keeps the text' {
        $null = New-OrchestratorConnector -Name Dead -ServiceUrl "http://127.0.0.1:$port" -SkipTest
        $problem = Get-ErrorOf { Sync-OrchestratorConnector Dead }
        Assert-Problem $problem 'ConnectionRefused' 'ConnectionError' 'SyncOrchestratorConnector'
        $connector = Get-OrchestratorConnector Dead
        "$($connector.Status)" | Should -Be 'FinishedWithError'
        $connector.LastError | Should -BeLike 'Nothing listens*'
        (Get-OrchestratorConnectorHistory Dead).Error | Should -BeLike 'Nothing listens*'
    }
}

Describe 'A server that is something else' {
    BeforeAll {
        $null = New-TestStore
    }

    It 'on the right server but the wrong path, the right path is in the hint: <Path>' -ForEach @(
        @{ Path = '/Orchestrator/Orchestrator.svc'; Right = $server.Atom }
        @{ Path = '/Orchestrator2012'; Right = $server.Atom }
        @{ Path = '/orchestrator2012/orchestrator.svc/Runbooks'; Right = $server.Atom }
    ) {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl ($server.Base + $Path) }
        Assert-Problem $problem 'ServicePathWrong' 'ObjectNotFound' 'NewOrchestratorConnector'
        $problem.Exception.Hint | Should -Match ([regex]::Escape($Right))
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'that is no Orchestrator at all is said to be none' {
        $other = Start-TestServer -Arguments '--fault', 'html'
        try {
            foreach ($url in $other.Base, $other.Atom, "$($other.Base)/shop") {
                $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $url }
                $problem.FullyQualifiedErrorId | Should -BeIn @('ResponseIsHtml,OrchestratorConnector.Commands.NewOrchestratorConnectorCommand', 'NotOrchestrator,OrchestratorConnector.Commands.NewOrchestratorConnectorCommand')
                "$($problem.CategoryInfo.Category)" | Should -Be 'InvalidData'
            }
            Get-OrchestratorConnector | Should -BeNullOrEmpty
        }
        finally {
            Stop-TestServer $other
        }
    }

    It 'of another generation than -Protocol says is an error' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Protocol WebApi }
        $problem | Should -Not -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike '*,OrchestratorConnector.Commands.NewOrchestratorConnectorCommand'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }
}

Describe 'A server with the fault <Fault>' -ForEach $Faults {
    BeforeAll {
        $null = New-TestStore
        $broken = Start-TestServer -Arguments '--runbooks', '3', '--fault', $Fault
        $null = New-OrchestratorConnector -Name Atom -ServiceUrl $broken.Atom -Protocol Atom -SkipTest
        $null = New-OrchestratorConnector -Name Web -ServiceUrl $broken.WebApi -Protocol WebApi -SkipTest -WarningAction Ignore
    }

    AfterAll {
        Stop-TestServer $broken
    }

    It 'gets <Id> at the first test, and nothing is written' {
        foreach ($url in $broken.Atom, $broken.WebApi) {
            $problem = Get-ErrorOf { New-OrchestratorConnector -Name New -ServiceUrl $url }
            Assert-Problem $problem $Id $Category 'NewOrchestratorConnector'
        }
        (Get-OrchestratorConnector).Name | Should -Not -Contain 'New'
    }
}

Describe 'A folder that does not exist' {
    BeforeAll {
        $null = New-TestStore
    }

    It 'is FolderNotFound with the near names' {
        foreach ($url in $server.Atom, $server.WebApi) {
            $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $url -Folder '\Exchnage' }
            Assert-Problem $problem 'FolderNotFound' 'ObjectNotFound' 'NewOrchestratorConnector'
            $problem.Exception.Hint | Should -Be "Did you mean '\Exchange'?"
        }
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'names the cmdlet that lists folders where no name is near' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Folder '\Something else entirely' }
        $problem.Exception.Hint | Should -BeLike '*Get-OrchestratorFolder*'
    }

    It 'is an error of Set-, and the folder stays' {
        $null = New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Folder '\Exchange'
        $problem = Get-ErrorOf { Set-OrchestratorConnector A -Folder '\Exchnage' -WarningAction Ignore }
        Assert-Problem $problem 'FolderNotFound' 'ObjectNotFound' 'SetOrchestratorConnector'
        (Get-OrchestratorConnector A).Folder | Should -Be '\Exchange'
    }

    It 'is an error of Get-OrchestratorFolder and of Sync-' {
        $problem = Get-ErrorOf { Get-OrchestratorFolder -ServiceUrl $server.Atom -Path '\Exchnage' }
        Assert-Problem $problem 'FolderNotFound' 'ObjectNotFound' 'GetOrchestratorFolder'
        $null = New-OrchestratorConnector -Name Gone -ServiceUrl $server.WebApi -Folder '\Exchnage' -SkipTest
        $problem = Get-ErrorOf { Sync-OrchestratorConnector Gone }
        Assert-Problem $problem 'FolderNotFound' 'ObjectNotFound' 'SyncOrchestratorConnector'
    }
}

Describe 'Signing in' {
    BeforeAll {
        $null = New-TestStore
        $guarded = Start-TestServer -Arguments '--runbooks', '5', '--basic', 'CONTOSO\svc', '--password-from-env', 'FAKE_PASSWORD' -Environment @{ FAKE_PASSWORD = 'r1ght w0rd' }
        $right = New-TestCredential 'CONTOSO\svc' 'r1ght w0rd'
        $wrong = New-TestCredential 'CONTOSO\svc' 'wr0ng w0rd'
    }

    AfterAll {
        Stop-TestServer $guarded
    }

    It 'with a wrong password is AuthenticationFailed, and the password is not in the error' {
        foreach ($url in $guarded.Atom, $guarded.WebApi) {
            $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $url -Credential $wrong -AllowUnencryptedAuthentication }
            Assert-Problem $problem 'AuthenticationFailed' 'AuthenticationError' 'NewOrchestratorConnector'
            $problem.Exception.Message | Should -BeLike '*CONTOSO\svc*Basic*'
            "$problem $($problem.Exception)" | Should -Not -Match 'wr0ng'
        }
        Get-OrchestratorConnector | Should -BeNullOrEmpty
        Get-OrchestratorRunAsAccount | Should -BeNullOrEmpty
    }

    It 'by Basic over plain HTTP is refused unless it is allowed' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -Credential $right }
        Assert-Problem $problem 'BasicOverHttpRefused' 'SecurityError' 'NewOrchestratorConnector'
        $problem.Exception.Hint | Should -BeLike '*-AllowUnencryptedAuthentication*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'by Basic works where it is allowed, and the account is kept' {
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -Credential $right -AllowUnencryptedAuthentication
        (Sync-OrchestratorConnector A).Total | Should -Be 5
        (Test-OrchestratorConnector -ServiceUrl $guarded.WebApi -Credential $right -AllowUnencryptedAuthentication).Success | Should -BeTrue
        Test-OrchestratorConnector -ServiceUrl $guarded.WebApi -Credential $wrong -AllowUnencryptedAuthentication -Quiet | Should -BeFalse
    }

    It 'is tested again when the password changes, and takes effect at the next request' {
        Set-OrchestratorRunAsAccount A -Credential $wrong
        $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
        Assert-Problem $problem 'AuthenticationFailed' 'AuthenticationError' 'SyncOrchestratorConnector'
        @(Get-SMRunbook).Count | Should -Be 5
        Set-OrchestratorRunAsAccount A -Credential $right
        "$((Sync-OrchestratorConnector A).Status)" | Should -Be 'FinishedSuccess'
    }

    It 'as nobody is AuthenticationFailed and names what the server offers' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name B -ServiceUrl $guarded.Atom }
        $problem.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        $problem.Exception.Message | Should -BeLike '*Basic*'
    }

    It 'over TLS with a certificate that nobody trusts is TlsFailed' {
        $secure = Start-TestServer -Arguments '--runbooks', '1', '--https'
        try {
            $problem = Get-ErrorOf { New-OrchestratorConnector -Name S -ServiceUrl $secure.Atom }
            Assert-Problem $problem 'TlsFailed' 'ConnectionError' 'NewOrchestratorConnector'
            ($result = Test-OrchestratorConnector -ServiceUrl $secure.Atom).Success | Should -BeFalse
            ($result.Checks | Where-Object { "$($_.Outcome)" -eq 'Failed' }).Name | Should -Be 'TLS'
        }
        finally {
            Stop-TestServer $secure
        }
    }
}

Describe 'What cannot be done now' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'a disabled connector does not synchronize by its name' {
        $null = New-OrchestratorConnector -Name Off -ServiceUrl $server.Atom -Folder '\Exchange' -Disabled
        $problem = Get-ErrorOf { Sync-OrchestratorConnector Off }
        Assert-Problem $problem 'ConnectorDisabled' 'InvalidOperation' 'SyncOrchestratorConnector'
        $problem.Exception.Hint | Should -BeLike '*Enable-OrchestratorConnector*-Force*'
        Get-SMRunbook | Should -BeNullOrEmpty
        (Sync-OrchestratorConnector Off -Force).Total | Should -BeGreaterThan 0
    }

    It 'a disabled connector is left out by a wildcard' {
        $null = New-OrchestratorConnector -Name Off -ServiceUrl http://a.invalid -SkipTest -Disabled
        Sync-OrchestratorConnector * -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'an account in use is not removed, and the error names who uses it' {
        $null = New-OrchestratorRunAsAccount -Name Service -SecretName S
        $null = New-OrchestratorConnector -Name One -ServiceUrl http://a.invalid -RunAsAccount Service -SkipTest
        $null = New-OrchestratorConnector -Name Two -ServiceUrl http://b.invalid -RunAsAccount Service -SkipTest
        $problem = Get-ErrorOf { Remove-OrchestratorRunAsAccount Service -Confirm:$false }
        Assert-Problem $problem 'AccountInUse' 'InvalidOperation' 'RemoveOrchestratorRunAsAccount'
        $problem.Exception.Message | Should -BeLike "*'One', 'Two'*"
        (Get-OrchestratorRunAsAccount).Name | Should -Be 'Service'
    }

    It 'an account of the same name is not made twice' {
        $null = New-OrchestratorRunAsAccount -Name Service -SecretName S
        $problem = Get-ErrorOf { New-OrchestratorRunAsAccount -Name SERVICE -SecretName T }
        Assert-Problem $problem 'AccountExists' 'ResourceExists' 'NewOrchestratorRunAsAccount'
        (Get-OrchestratorRunAsAccount).SecretName | Should -Be 'S'
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name Service -ServiceUrl http://a.invalid -Credential (New-TestCredential 'u' 'p') -SkipTest }
        Assert-Problem $problem 'AccountExists' 'ResourceExists' 'NewOrchestratorConnector'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'a schedule that contradicts itself is refused: <What>' -ForEach @(
        @{ What = '-At and -Every'; Arguments = @{ At = '02:00'; Every = '04:00' } }
        @{ What = 'None and -At'; Arguments = @{ Schedule = 'None'; At = '02:00' } }
        @{ What = 'Interval without -Every'; Arguments = @{ Schedule = 'Interval' } }
        @{ What = 'more than a day'; Arguments = @{ At = '1.02:00' } }
        @{ What = 'less than a minute'; Arguments = @{ Every = '00:00:30' } }
        @{ What = 'more than a month'; Arguments = @{ Every = '40.00:00' } }
    ) {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid -SkipTest @Arguments }
        Assert-Problem $problem 'ScheduleInvalid' 'InvalidArgument' 'NewOrchestratorConnector'
        $problem.Exception.Message | Should -Not -BeLike '*Parameter ''*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'a web console that is no web address is refused: <_>' -ForEach 'console', 'ftp://console', 'http://user@console' {
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid -WebConsoleUrl $_ -SkipTest }
        Assert-Problem $problem 'WebConsoleUrlInvalid' 'InvalidArgument' 'NewOrchestratorConnector'
    }
}

Describe 'A store' {
    It 'that is no database is StoreNotADatabase, and stays as it is' {
        $store = New-TestStore
        $null = New-Item -ItemType Directory -Path (Split-Path -Parent $store)
        $text = 'This is no database, it is a text of more than a few words that somebody put here. ' * 20
        [System.IO.File]::WriteAllText($store, $text)
        $problem = Get-ErrorOf { Get-OrchestratorConnector }
        Assert-Problem $problem 'StoreNotADatabase' 'ResourceUnavailable' 'GetOrchestratorConnector'
        $problem.Exception.Hint | Should -BeLike '*-StatePath*'
        $problem.TargetObject | Should -Be $store
        $problem = Get-ErrorOf { New-OrchestratorConnector -Name A -ServiceUrl http://a.invalid -SkipTest }
        Assert-Problem $problem 'StoreNotADatabase' 'ResourceUnavailable' 'NewOrchestratorConnector'
        [System.IO.File]::ReadAllText($store) | Should -BeExactly $text
    }

    It 'that is damaged is StoreDamaged, and stays as it is' {
        $store = New-TestStore
        # In another process, so that nothing of the file is open here.
        $result = Invoke-OtherShell 'Import-Module $module; 1..50 | ForEach-Object { $null = New-OrchestratorConnector "C $_" http://a.invalid -SkipTest -WarningAction Ignore }'
        $result.Errors | Should -BeNullOrEmpty
        $bytes = [System.IO.File]::ReadAllBytes($store)
        for ($i = 100; $i -lt $bytes.Length; $i++) {
            $bytes[$i] = 0x5A
        }
        [System.IO.File]::WriteAllBytes($store, $bytes)
        Remove-Item -Path "$store-*"
        $problem = Get-ErrorOf { Get-OrchestratorConnector }
        Assert-Problem $problem 'StoreDamaged' 'ResourceUnavailable' 'GetOrchestratorConnector'
        $problem.Exception.Hint | Should -BeLike '*backup*'
        [Convert]::ToBase64String([System.IO.File]::ReadAllBytes($store)) | Should -BeExactly ([Convert]::ToBase64String($bytes))
    }

    It 'that is a folder is StoreUnavailable' {
        $folder = Split-Path -Parent (New-TestStore)
        $null = New-Item -ItemType Directory -Path $folder
        $problem = Get-ErrorOf { Get-OrchestratorConnector -StatePath $folder }
        Assert-Problem $problem 'StoreUnavailable' 'ResourceUnavailable' 'GetOrchestratorConnector'
        $problem.Exception.Message | Should -BeLike "*$folder*"
    }

    It 'below a file is an error of the module, not of .NET' {
        $store = New-TestStore
        $null = New-Item -ItemType Directory -Path (Split-Path -Parent $store)
        [System.IO.File]::WriteAllText("$store.txt", 'x')
        $problem = Get-ErrorOf { Get-OrchestratorConnector -StatePath "$store.txt/state.db" }
        Assert-Problem $problem 'StoreUnavailable' 'ResourceUnavailable' 'GetOrchestratorConnector'
    }

    It 'on a provider that has no files is an error, whatever its id' {
        # In another process, whose directory may be made dirty.
        $folder = Join-Path (Get-PSDrive -Name TestDrive).Root 'directory'
        $null = New-Item -ItemType Directory -Path $folder
        $result = Invoke-OtherShell @"
[Environment]::CurrentDirectory = '$folder'
Import-Module `$module
try { Get-OrchestratorConnector -StatePath 'Env:/state.db'; 'silence' } catch { 'an error' }
"@
        $result.Output | Should -Be 'an error'
        Get-ChildItem -LiteralPath $folder | Should -BeNullOrEmpty
    }

    It 'is closed when the command ends' {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $server.WebApi -Folder '\Exchange'
        $null = Sync-OrchestratorConnector A
        $null = Get-SMRunbook | Select-Object -First 1
        $null = Get-ErrorOf { Get-OrchestratorConnector Nobody }
        $null = Complete-Line 'Get-OrchestratorConnector A'
        # Where files that are open can be moved all the same, they are listed.
        if (Test-Path -LiteralPath "/proc/$PID/fd") {
            Get-ChildItem -LiteralPath "/proc/$PID/fd" | Where-Object { "$($_.Target)" -like "$store*" } | Should -BeNullOrEmpty
        }
        Get-ChildItem -LiteralPath (Split-Path -Parent $store) -Filter 'state.db*' | Select-Object -ExpandProperty Name | Should -Be 'state.db'
        Move-Item -LiteralPath $store -Destination "$store.moved" -ErrorAction Stop
        (Get-OrchestratorConnector -StatePath "$store.moved").Name | Should -Be 'A'
    }

    It 'that is not there yet is made by what reads it, for its owner alone' {
        $store = New-TestStore
        Get-OrchestratorConnector | Should -BeNullOrEmpty
        Test-Path -LiteralPath $store | Should -BeTrue
        if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
            (Get-Item -LiteralPath $store).UnixMode | Should -Be '-rw-------'
            (Get-Item -LiteralPath (Split-Path -Parent $store)).UnixMode | Should -Be 'drwx------'
        }
    }
}

Describe 'An error' {
    BeforeAll {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name Good -ServiceUrl $server.Atom -Folder '\Exchange'
        $null = New-OrchestratorConnector -Name Bad -ServiceUrl "http://127.0.0.1:$(Get-ClosedPort)" -SkipTest
        $null = New-OrchestratorConnector -Name Other -ServiceUrl $server.WebApi -Folder '\Exchange' -WarningAction Ignore
    }

    It 'of one connector does not stop the others' {
        $errors = $null
        $results = Sync-OrchestratorConnector Bad, Good, Other -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionRefused,*'
        ($results | ForEach-Object { "$($_.Connector) $($_.Status)" }) | Should -Be @('Bad FinishedWithError', 'Good FinishedSuccess', 'Other FinishedSuccess')
    }

    It 'of one connector in a pipeline does not stop the others' {
        $tests = Get-OrchestratorConnector | Test-OrchestratorConnector
        ($tests | ForEach-Object { "$($_.Connector) $($_.Success)" }) | Should -Be @('Bad False', 'Good True', 'Other True')
        $results = Get-OrchestratorConnector | Sync-OrchestratorConnector -ErrorAction SilentlyContinue
        @($results).Count | Should -Be 3
    }

    It 'can be caught with -ErrorAction Stop, and the record is the same' {
        $caught = $null
        try {
            $null = Sync-OrchestratorConnector Bad, Good -ErrorAction Stop
        }
        catch {
            $caught = $_
        }
        Assert-Problem $caught 'ConnectionRefused' 'ConnectionError' 'SyncOrchestratorConnector'
    }

    It 'can be caught where the call as a whole cannot go on' {
        { New-OrchestratorConnector -Name Good -ServiceUrl http://a.invalid -SkipTest } | Should -Throw -ErrorId 'ConnectorExists,OrchestratorConnector.Commands.NewOrchestratorConnectorCommand'
    }

    It 'of one row does not keep New- from registering the other rows' {
        $null = New-TestStore
        $rows = 'One', 'One', 'Two' | ForEach-Object { [pscustomobject]@{ Name = $_; ServiceUrl = 'http://a.invalid' } }
        $errors = $null
        $null = $rows | New-OrchestratorConnector -SkipTest -WarningAction Ignore -ErrorAction SilentlyContinue -ErrorVariable errors
        (Get-OrchestratorConnector).Name | Should -Be @('One', 'Two')
        @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 1
    }

    It 'says its advice once' {
        $result = Invoke-OtherShell @'
$ErrorActionPreference = 'Continue'
Import-Module $module
Get-OrchestratorConnector Nobody
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore; NO_COLOR = '1' }
        $text = $result.Errors -replace '\s*\r?\n[\s|]*', ' '
        [regex]::Matches($text, 'Get-OrchestratorConnector lists all').Count | Should -Be 1
    }
}
