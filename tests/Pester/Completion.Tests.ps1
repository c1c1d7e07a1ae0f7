# What Tab offers: names from the store, quoted where they must be; never an error, a new store or a request.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $null = New-TestStore
    $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'hidden')
    $null = New-OrchestratorRunAsAccount -Name 'Second service' -SecretName Orchestrator
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom -Folder '\Exchange' -RunAsAccount Service
    $null = New-OrchestratorConnector -Name 'Test lab' -ServiceUrl http://lab.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name "Bob's" -ServiceUrl http://bob.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name 'a$b' -ServiceUrl http://dollar.invalid:81 -SkipTest
    $curly = 'Ann' + [char]0x2019 + 's'
    $null = New-OrchestratorConnector -Name $curly -ServiceUrl http://curly.invalid:81 -SkipTest
    $null = New-OrchestratorConnector -Name '-dash' -ServiceUrl http://dash.invalid:81 -SkipTest
    $null = Sync-OrchestratorConnector Production
}

Describe 'Completion of a connector''s name' {
    It 'is offered by <_>' -ForEach @(
        'Get-OrchestratorConnector ', 'Set-OrchestratorConnector ', 'Remove-OrchestratorConnector ', 'Enable-OrchestratorConnector '
        'Disable-OrchestratorConnector ', 'Test-OrchestratorConnector ', 'Sync-OrchestratorConnector ', 'Get-OrchestratorConnectorHistory '
        'Get-OrchestratorFolder ', 'Get-SMRunbook -Connector '
    ) {
        (Complete-Line $_).ListItemText | Should -Contain 'Production'
    }

    It 'offers those that begin with what was typed, in any case' {
        (Complete-Line 'Get-OrchestratorConnector prod').CompletionText | Should -Be @('Production')
        (Complete-Line 'Get-OrchestratorConnector -Name T').ListItemText | Should -Be @('Test lab')
    }

    It 'shows the address in the tooltip' {
        (Complete-Line 'Get-OrchestratorConnector Prod').ToolTip | Should -Match ([regex]::Escape($server.Atom))
    }

    It 'gives a text that means <Name> when it runs' -ForEach @(
        @{ Name = 'Test lab'; Start = 'Te' }
        @{ Name = "Bob's"; Start = 'Bo' }
        @{ Name = 'a$b'; Start = "'a$" }
        @{ Name = '-dash'; Start = "'-d" }
        @{ Name = 'Ann' + [char]0x2019 + 's'; Start = 'An' }
        @{ Name = 'Production'; Start = 'Pr' }
    ) {
        $text = (Complete-Line "Get-OrchestratorConnector $Start").CompletionText
        $text | Should -Not -BeNullOrEmpty
        (& ([scriptblock]::Create("Get-OrchestratorConnector $text"))).Name | Should -BeExactly $Name
    }

    It 'quotes every name that would be read as something else than a word' {
        foreach ($match in Complete-Line 'Get-OrchestratorConnector ') {
            (& ([scriptblock]::Create("Get-OrchestratorConnector $($match.CompletionText)"))).Name | Should -BeExactly $match.ListItemText
        }
    }

    It 'goes on where a quote was opened' {
        (Complete-Line "Get-OrchestratorConnector 'Tes").CompletionText | Should -Be @("'Test lab'")
        (Complete-Line 'Get-OrchestratorConnector "Tes').ListItemText | Should -Be @('Test lab')
    }

    It 'works for the second name of several' {
        (Complete-Line 'Get-OrchestratorConnector Production, Te').ListItemText | Should -Be @('Test lab')
    }

    It 'reads the store that the line names' {
        $other = Join-Path (Get-PSDrive -Name TestDrive).Root 'other.db'
        $null = New-OrchestratorConnector -Name Elsewhere -ServiceUrl http://else.invalid -SkipTest -StatePath $other
        (Complete-Line "Get-OrchestratorConnector -StatePath '$other' -Name ").ListItemText | Should -Be @('Elsewhere')
        (Complete-Line 'Get-OrchestratorConnector -Name ').ListItemText | Should -Not -Contain 'Elsewhere'
    }

    It 'reads a store that is named by a path of the shell' {
        $null = New-OrchestratorConnector -Name Elsewhere -ServiceUrl http://else.invalid -SkipTest -StatePath 'TestDrive:/drive.db'
        (Complete-Line "Get-OrchestratorConnector -StatePath 'TestDrive:/drive.db' -Name ").ListItemText | Should -Be @('Elsewhere')
        Push-Location -LiteralPath 'TestDrive:/'
        try {
            (Complete-Line "Get-OrchestratorConnector -StatePath drive.db -Name ").ListItemText | Should -Be @('Elsewhere')
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Completion of an account''s name' {
    It 'is offered by <_>' -ForEach @(
        'New-OrchestratorConnector A http://a -RunAsAccount ', 'Set-OrchestratorConnector A -RunAsAccount '
        'Get-OrchestratorRunAsAccount ', 'Set-OrchestratorRunAsAccount ', 'Remove-OrchestratorRunAsAccount '
    ) {
        (Complete-Line $_).CompletionText | Should -Be @("'Second service'", 'Service')
    }

    It 'shows the user name in the tooltip, and no secret' {
        $tips = (Complete-Line 'Get-OrchestratorRunAsAccount ').ToolTip
        $tips | Should -Contain 'CONTOSO\svc'
        "$tips" | Should -Not -Match 'hidden'
    }
}

Describe 'Completion of a runbook' {
    It 'offers names of the library' {
        (Complete-Line 'Get-SMRunbook Move').CompletionText | Should -Be @("'Move Mailbox'", "'Move Password'", "'Move Password 2'", "'Move R&D Share'")
        (Complete-Line 'Get-SMRunbook -Name "move m').ListItemText | Should -Be @('Move Mailbox')
    }

    It 'gives texts that find the runbook' {
        $matches_ = Complete-Line 'Get-SMRunbook '
        $matches_.Count | Should -BeGreaterThan 10
        foreach ($match in $matches_) {
            $found = & ([scriptblock]::Create("Get-SMRunbook $($match.CompletionText)"))
            @($found)[0].Name | Should -BeExactly $match.ListItemText
        }
    }

    It 'offers folders of the library for <_>' -ForEach @(
        'Get-SMRunbook -Folder ', 'New-OrchestratorConnector A http://a -Folder ', 'Set-OrchestratorConnector A -Folder '
    ) {
        (Complete-Line $_).ListItemText | Should -Contain '\Exchange'
    }

    It 'finds a folder that is typed without its first backslash' {
        (Complete-Line 'Get-SMRunbook -Folder Exch').CompletionText | Should -Be @('\Exchange')
    }
}

Describe 'Completion of words' {
    It 'offers <Words> after "<Line>"' -ForEach @(
        @{ Line = 'New-OrchestratorConnector A http://a -Protocol '; Words = 'Atom', 'Auto', 'WebApi' }
        @{ Line = 'Set-OrchestratorConnector A -Protocol '; Words = 'Atom', 'Auto', 'WebApi' }
        @{ Line = 'Get-SMRunbook -Status '; Words = 'Active', 'Invalid', 'Missing', 'PendingDelete' }
        @{ Line = 'New-OrchestratorConnector A http://a -Schedule '; Words = 'Daily', 'Interval', 'None' }
        @{ Line = 'New-OrchestratorConnector A http://a -Schedule D'; Words = @('Daily') }
    ) {
        (Complete-Line $Line).CompletionText | Sort-Object | Should -Be $Words
    }

    It 'knows the properties of what <Command> returns' -ForEach @(
        @{ Command = 'Get-OrchestratorConnector'; Property = 'LastSuccessTime' }
        @{ Command = 'Get-SMRunbook'; Property = 'LastSeenTime' }
        @{ Command = 'Sync-OrchestratorConnector *'; Property = 'Returned' }
        @{ Command = 'Test-OrchestratorConnector A'; Property = 'Checks' }
        @{ Command = 'Get-OrchestratorFolder A'; Property = 'ParentId' }
    ) {
        (Complete-Line "$Command | Where-Object $($Property.Substring(0, 3))").CompletionText | Should -Contain $Property
    }
}

Describe 'Completion' {
    BeforeEach {
        $before = $env:ORCHESTRATOR_CONNECTOR_STATE
    }

    AfterEach {
        $env:ORCHESTRATOR_CONNECTOR_STATE = $before
    }

    It 'makes no store' {
        $store = New-TestStore
        foreach ($line in 'Get-OrchestratorConnector A', 'Get-SMRunbook A', 'Get-SMRunbook -Folder A', 'Get-OrchestratorRunAsAccount A') {
            $null = Complete-Line $line
        }
        Test-Path -LiteralPath $store | Should -BeFalse
        Test-Path -LiteralPath (Split-Path -Parent $store) | Should -BeFalse
    }

    It 'says nothing about a store that cannot be read' {
        $store = New-TestStore
        $null = New-Item -ItemType Directory -Path (Split-Path -Parent $store)
        [System.IO.File]::WriteAllText($store, 'This is no database, it is a text of more than a few words that somebody put here.')
        $errors = $Error.Count
        (Complete-Line 'Get-OrchestratorConnector Prod').CompletionText | Should -Not -Contain 'Production'
        $Error.Count | Should -Be $errors
        [System.IO.File]::ReadAllText($store) | Should -BeLike 'This is no database*'
    }

    It 'touches no network' {
        $null = New-TestStore
        $silent = Start-SilentHost
        try {
            $null = New-OrchestratorConnector -Name Silent -ServiceUrl $silent.Base -SkipTest
            foreach ($line in 'Test-OrchestratorConnector ', 'Get-OrchestratorFolder ', 'Get-OrchestratorFolder Silent -Path ', 'Get-SMRunbook -Connector Silent -Folder ', 'Set-OrchestratorConnector Silent -Folder ') {
                $null = Complete-Line $line
            }
            $silent.Listener.Pending() | Should -BeFalse
        }
        finally {
            $silent.Listener.Stop()
        }
    }
}
